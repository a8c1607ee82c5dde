// Every key of this screen in one place, opened with `?` or from the bar.
import { type JSX, useEffect } from 'react';
import { type KeyGroups, KeysDialog } from '../map/KeysDialog';
import { useBoard } from '../map/use';

const GROUPS: KeyGroups = [
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
  return <KeysDialog groups={GROUPS} />;
}
