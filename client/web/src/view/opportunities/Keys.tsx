// The keys of this screen, for the list of all keys.
import { useEffect } from 'react';
import type { KeyGroups } from '../map/KeysDialog';
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
];

/** They stand in the list of all keys while this screen is there. */
export function Keys(): null {
  const board = useBoard();
  useEffect(() => {
    board.screenKeys = GROUPS;
    return () => {
      board.screenKeys = [];
    };
  }, [board]);
  return null;
}
