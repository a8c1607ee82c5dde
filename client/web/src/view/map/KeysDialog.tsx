// Every key of a map in one place, opened with `?`, from the palette or a toolbar. It shows what `acts` says; a screen with keys
// of its own lends them to the board while it is there.
import type { JSX } from 'react';
import { Switch } from 'react-aria-components';
import { Dialog } from '../ui';
import { ACTS, GROUPS, isBarred, keysOf } from './acts';
import type { Board } from './board';
import './overlays.css';
import './panel/panel.css';
import { setSingleKeys, singleKeys } from './acts/single-keys';
import { useBoard, useStore } from './use';

/** Headings, each with its keys and what they do. */
export type KeyGroups = readonly (readonly [string, readonly (readonly [string, string])[]])[];

function keysHere(board: Board): KeyGroups {
  const acts = ACTS.filter((act) => {
    const isHere = act.at === 'page' || board.grid !== null;
    const isMine = !isBarred(board, act) && (!board.readOnly || act.at !== 'text');
    return act.chords.length > 0 && isHere && isMine;
  });
  const groups = GROUPS.map(
    (group) =>
      [
        group,
        acts.filter((act) => act.group === group).map((act) => [keysOf(act), act.name] as const),
      ] as const,
  );
  return [...board.screenKeys, ...groups.filter(([, keys]) => keys.length > 0)];
}

export function KeysDialog(): JSX.Element {
  const board = useBoard();
  const single = useStore(singleKeys);
  return (
    <Dialog
      title="Keys"
      width="l"
      isOpen
      onOpenChange={(open) => {
        if (!open) board.dialog.set(null);
      }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: longer than a small screen; the keyboard scrolls it from here. */}
      <div className="m-keys" role="group" aria-label="All keys" tabIndex={0}>
        {keysHere(board).map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={`${key} ${does}`}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="m-keys__single">
        <Switch className="m-switch" isSelected={single} onChange={setSingleKeys}>
          <span className="m-switch__track">
            <span className="m-switch__knob" />
          </span>
          Keys of one character
        </Switch>
        <p>
          N, X, ? and their like. Switch them off if you speak to your computer; everything is in
          the palette, too.
        </p>
      </div>
    </Dialog>
  );
}
