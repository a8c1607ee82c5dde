// Every key of this screen in one place, opened with `?` or from the bar.
import { type JSX, useEffect } from 'react';
import { useBoard, useStore } from '../map/use';
import { Dialog } from '../ui';

const GROUPS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'List',
    [
      ['← ↑ → ↓', 'To the next cell'],
      ['Home, End', 'Start and end of the row; with Ctrl, of the list'],
      ['1 … 5', 'Rate, on impact, value or effort'],
      ['Enter', 'Change what the cell holds; on a heading, sort'],
      ['Delete', 'Empty the cell; on the opportunity, delete it'],
      ['Alt ↑ ↓', 'To the next status, when grouped by status'],
      ['Space', 'Details'],
    ],
  ],
  [
    'Matrix',
    [
      ['← ↑ → ↓', 'To the next cell or opportunity'],
      ['Enter', 'Pick up; on a cell, put there'],
      ['Esc', 'Put back'],
      ['Alt ← ↑ → ↓', 'Move it one cell; Ctrl works, too'],
      ['Space', 'Details'],
      ['Delete', 'Delete it'],
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

export function Keys(): JSX.Element {
  const board = useBoard();
  const isOpen = useStore(board.keysShown);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement | null;
      if (event.key !== '?' || target?.closest('input, textarea') != null) return;
      event.preventDefault();
      board.keysShown.set(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [board]);
  return (
    <Dialog
      title="Keys"
      width="l"
      isOpen={isOpen}
      onOpenChange={(open) => board.keysShown.set(open)}
    >
      <div className="m-keys">
        {GROUPS.map(([title, keys]) => (
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
