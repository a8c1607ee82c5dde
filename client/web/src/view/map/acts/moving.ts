// Acts that only go somewhere: about the grid, into cells and out of them.
import { type Direction, inCell, leap } from '../spot';
import type { Act } from './act';

export const ARROWS = ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'] as const;

/** The direction of a chord that ends in an arrow. */
export function directionOf(chord: string): Direction {
  if (chord.endsWith('ArrowUp')) return 'up';
  if (chord.endsWith('ArrowDown')) return 'down';
  return chord.endsWith('ArrowLeft') ? 'left' : 'right';
}

export const MOVING: readonly Act[] = [
  {
    id: 'step',
    group: 'Move about',
    name: 'To the next cell, header or card',
    chords: ARROWS,
    at: 'grid',
    unlisted: true,
    run: (board, chord) => board.step(directionOf(chord)),
  },
  {
    id: 'enter-cell',
    group: 'Move about',
    name: 'Into a cell’s cards',
    chords: ['Enter', 'F2'],
    at: 'grid',
    on: ['cell'],
    unlisted: true,
    run: (board) => {
      const spot = board.spot.get();
      if (spot.kind !== 'cell') return;
      const [first] = inCell(spot.lane, spot.stage, board.shape());
      if (first === undefined) board.writing.startCard(spot.lane, spot.stage);
      else board.go(first);
    },
  },
  {
    id: 'leave-card',
    group: 'Move about',
    name: 'Back to the cell; then closes the panel',
    chords: ['Escape'],
    at: 'grid',
    unlisted: true,
    run: (board) => {
      const spot = board.spot.get();
      if (spot.kind === 'card' || spot.kind === 'draft') {
        board.go({ kind: 'cell', lane: spot.lane, stage: spot.stage });
      } else if (board.panel.get() !== 'closed') board.panel.set('closed');
    },
  },
  {
    id: 'row-ends',
    group: 'Move about',
    name: 'Start and end of the row',
    chords: ['Home', 'End'],
    at: 'grid',
    unlisted: true,
    run: (board, chord) =>
      board.go(leap(board.spot.get(), chord === 'Home' ? 'start' : 'end', false, board.shape())),
  },
  {
    id: 'map-ends',
    group: 'Move about',
    name: 'Start and end of the map',
    chords: ['Mod+Home', 'Mod+End'],
    at: 'grid',
    unlisted: true,
    run: (board, chord) =>
      board.go(
        leap(board.spot.get(), chord.endsWith('Home') ? 'start' : 'end', true, board.shape()),
      ),
  },
];
