// The grid's keys. One handler on the grid; text areas inside it stop their own keys before they get here.
import type { KeyboardEvent } from 'react';
import { nearestScore, SCORE_STEP, scoreLabel, scoreText } from '../../model/kinds';
import type { Board } from './board';
import { openLaneField, openStageField, showPersonas } from './panel/opening';
import { type Direction, leap, type Spot, spotKey } from './spot';
import { remove as removeEntry, shift } from './structureActs';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

export function onGridKey(board: Board, event: KeyboardEvent): void {
  // Menus and buttons in the headers have keys of their own.
  const target = event.target as HTMLElement;
  if (target.dataset.spot === undefined) return;
  if (handle(board, event)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function handle(board: Board, event: KeyboardEvent): boolean {
  const spot = board.spot.get();
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const direction = ARROWS[event.key];
  if (direction !== undefined) {
    if (event.shiftKey) return false;
    if (modified) return carry(board, spot, direction);
    board.step(direction);
    return true;
  }
  if (event.key === 'Home' || event.key === 'End') {
    const edge = event.key === 'Home' ? 'start' : 'end';
    board.go(leap(spot, edge, event.ctrlKey || event.metaKey, board.shape()));
    return true;
  }
  if (modified) return false;
  switch (event.key) {
    case 'Enter':
    case 'F2':
      return open(board, spot, event.key === 'F2');
    case ' ':
      if (spot.kind === 'card') board.openPanel('focus');
      return true;
    case 'Escape':
      if (spot.kind === 'card') board.go({ ...spot, kind: 'cell' });
      else if (board.panel.get() !== 'closed') board.panel.set('closed');
      return true;
    case 'n':
    case 'N':
      if (spot.kind === 'cell') board.startCard(spot.lane, spot.stage);
      else if (spot.kind === 'card') board.startCard(spot.lane, spot.stage, spot.card);
      else return false;
      return true;
    case '?':
      board.keysShown.set(true);
      return true;
    case 'Delete':
    case 'Backspace':
      return remove(board, spot);
    case '+':
    case '=':
      return feel(board, spot, SCORE_STEP);
    case '-':
    case '−':
      return feel(board, spot, -SCORE_STEP);
    default:
      return false;
  }
}

function carry(board: Board, spot: Spot, direction: Direction): boolean {
  if (board.readOnly) return true;
  switch (spot.kind) {
    case 'card': {
      const card = board.journey.card(spot.card).get();
      if (card !== undefined) board.nudge(card, direction);
      return true;
    }
    case 'stage':
      if (direction === 'left') shift(board, 'stages', spot.stage, -1);
      if (direction === 'right') shift(board, 'stages', spot.stage, 1);
      return true;
    case 'lane':
      if (direction === 'up') shift(board, 'lanes', spot.lane, -1);
      if (direction === 'down') shift(board, 'lanes', spot.lane, 1);
      return true;
    case 'cell':
    case 'corner':
      return true;
  }
}

function open(board: Board, spot: Spot, rename: boolean): boolean {
  switch (spot.kind) {
    case 'card':
      if (board.readOnly) board.openPanel('focus');
      else board.startEdit(spot.card);
      return true;
    case 'cell': {
      const [first] = board.journey.cell(spot.lane, spot.stage).get();
      if (first === undefined) board.startCard(spot.lane, spot.stage);
      else board.go({ ...spot, kind: 'card', card: first });
      return true;
    }
    case 'stage':
    case 'lane':
      // Who may not edit reads: the header shows the beginning of what there is to say.
      if (board.readOnly && !rename) describe(board, spot);
      else if (board.readOnly) return true;
      else if (rename) board.startEdit(spot.kind === 'stage' ? spot.stage : spot.lane);
      else board.menu.set(spotKey(spot));
      return true;
    case 'corner':
      showPersonas(board);
      return true;
  }
}

function describe(board: Board, spot: Spot & { kind: 'stage' | 'lane' }): void {
  if (spot.kind === 'stage') openStageField(board, spot.stage, 'description');
  else openLaneField(board, spot.lane, 'title');
}

function remove(board: Board, spot: Spot): boolean {
  switch (spot.kind) {
    case 'card': {
      const card = board.journey.card(spot.card).get();
      if (card !== undefined) board.removeCard(card);
      return true;
    }
    case 'stage':
      removeEntry(board, 'stages', spot.stage);
      return true;
    case 'lane':
      removeEntry(board, 'lanes', spot.lane);
      return true;
    case 'cell':
    case 'corner':
      return false;
  }
}

/** + and − on a feeling. */
function feel(board: Board, spot: Spot, by: number): boolean {
  if (spot.kind !== 'card' || board.readOnly) return false;
  const card = board.journey.card(spot.card).get();
  if (card === undefined || board.journey.lanes.get(card.lane)?.kind !== 'emotion') return false;
  const score = nearestScore((card.score ?? 0) + by);
  board.setFields(card.id, { score });
  board.say(`${scoreText(score)}, ${scoreLabel(score)}`);
  return true;
}
