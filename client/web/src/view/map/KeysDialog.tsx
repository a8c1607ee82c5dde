// Every key of the map in one place, opened with `?` or from the toolbar.
import type { JSX } from 'react';
import { Dialog } from '../ui';
import { useBoard, useStore } from './use';

/** Headings, each with its keys and what they do. */
export type KeyGroups = readonly (readonly [string, readonly (readonly [string, string])[]])[];

const GROUPS: KeyGroups = [
  [
    'Move about',
    [
      ['← ↑ → ↓', 'To the next cell, header or card'],
      ['Enter', 'Into a cell’s cards'],
      ['Esc', 'Back to the cell'],
      ['Home, End', 'Start and end of the row; with Ctrl, of the map'],
    ],
  ],
  [
    'Cards',
    [
      ['N', 'New card here'],
      ['Enter', 'Keep it and start the next'],
      ['Enter, F2', 'Edit the text'],
      ['Esc', 'Take back what was typed'],
      ['Space', 'Details'],
      ['Alt ← ↑ → ↓', 'Move it; Ctrl works, too'],
      ['+ −', 'A feeling up or down'],
      ['Delete', 'Delete it'],
    ],
  ],
  [
    'Stages and lanes',
    [
      ['F2', 'Rename'],
      ['Enter', 'Menu'],
      ['Alt ← ↑ → ↓', 'Move it'],
      ['Delete', 'Delete it with its cards'],
    ],
  ],
  [
    'Everywhere',
    [
      ['Ctrl Z', 'Undo your last step'],
      ['Ctrl Shift Z', 'Redo it'],
      ['?', 'This list'],
    ],
  ],
];

/** Other screens of a map have keys of their own. */
export function KeysDialog({ groups = GROUPS }: { readonly groups?: KeyGroups }): JSX.Element {
  const board = useBoard();
  const isOpen = useStore(board.keysShown);
  return (
    <Dialog
      title="Keys"
      width="l"
      isOpen={isOpen}
      onOpenChange={(open) => board.keysShown.set(open)}
    >
      <div className="m-keys">
        {groups.map(([title, keys]) => (
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
    </Dialog>
  );
}
