// Acts on cards: one, or all that are selected.
import { nearestScore, SCORE_STEP, scoreLabel, scoreText } from '../../../model/kinds';
import type { Board } from '../board';
import { duplicateCards, nudgeCards, removeCardsAt } from '../cardActs';
import { copyCards, pasteHere } from '../clipboard';
import type { Act } from './act';
import { ARROWS, directionOf } from './moving';

export const CARDS: readonly Act[] = [
  {
    id: 'card.add',
    group: 'Cards',
    name: 'New card here',
    also: 'add create write',
    chords: ['N'],
    at: 'grid',
    on: ['cell', 'card', 'draft'],
    edits: true,
    run: (board) => {
      const spot = board.spot.get();
      if (spot.kind === 'card') board.writing.startCard(spot.lane, spot.stage, spot.card);
      else if ('lane' in spot && 'stage' in spot) board.writing.startCard(spot.lane, spot.stage);
    },
  },
  {
    id: 'card.edit',
    group: 'Cards',
    name: 'Edit the text',
    also: 'write rename',
    chords: ['Enter', 'F2'],
    at: 'grid',
    on: ['card'],
    run: (board) => {
      const spot = board.spot.get();
      if (spot.kind !== 'card') return;
      if (board.readOnly) board.openPanel('focus');
      else board.writing.startEdit(spot.card);
    },
  },
  {
    id: 'card.details',
    group: 'Cards',
    name: 'Details of the card',
    also: 'panel sources comments fields',
    chords: ['Space'],
    at: 'grid',
    on: ['card'],
    run: (board) => board.openPanel('focus'),
  },
  {
    id: 'card.move',
    group: 'Cards',
    name: 'Move it, or all that are selected',
    chords: [...ARROWS.map((arrow) => `Alt+${arrow}`), ...ARROWS.map((arrow) => `Mod+${arrow}`)],
    at: 'grid',
    on: ['card', 'cell', 'corner'],
    edits: true,
    unlisted: true,
    run: (board, chord) => nudgeCards(board, directionOf(chord)),
  },
  {
    id: 'card.copy',
    group: 'Cards',
    name: 'Copy',
    also: 'clipboard',
    chords: ['Mod+C'],
    at: 'grid',
    on: ['card', 'cell'],
    can: hasCards,
    run: (board) => copyCards(board),
  },
  {
    id: 'card.cut',
    group: 'Cards',
    name: 'Cut',
    also: 'clipboard',
    chords: ['Mod+X'],
    at: 'grid',
    on: ['card', 'cell'],
    edits: true,
    can: hasCards,
    run: (board) => copyCards(board, board.picked.copied(), 'cut'),
  },
  {
    id: 'card.paste',
    group: 'Cards',
    name: 'Paste; rows of a spreadsheet become cards',
    also: 'clipboard insert',
    chords: ['Mod+V'],
    at: 'grid',
    edits: true,
    run: (board) => void pasteHere(board),
  },
  {
    id: 'card.duplicate',
    group: 'Cards',
    name: 'Duplicate',
    also: 'copy twice',
    chords: ['Mod+D'],
    at: 'grid',
    on: ['card', 'cell'],
    edits: true,
    can: hasCards,
    run: (board) => duplicateCards(board),
  },
  {
    id: 'card.feel',
    group: 'Cards',
    name: 'A feeling up or down',
    chords: ['+', '=', '-', '−'],
    at: 'grid',
    on: ['card'],
    edits: true,
    unlisted: true,
    run: (board, chord) => feel(board, chord === '+' || chord === '=' ? SCORE_STEP : -SCORE_STEP),
  },
  {
    id: 'card.delete',
    group: 'Cards',
    name: 'Delete',
    also: 'remove',
    chords: ['Delete', 'Backspace'],
    at: 'grid',
    on: ['card', 'cell'],
    edits: true,
    can: (board) => board.picked.targets().length > 0,
    run: (board) => removeCardsAt(board, board.picked.targets()),
  },
  {
    id: 'select.extend',
    group: 'Select',
    name: 'Select on to the next card or cell',
    chords: ARROWS.map((arrow) => `Shift+${arrow}`),
    at: 'grid',
    unlisted: true,
    run: (board, chord) => board.picked.extend(directionOf(chord)),
  },
  {
    id: 'select.toggle',
    group: 'Select',
    name: 'Select or unselect this card',
    also: 'pick mark',
    chords: ['X', 'Mod+Space'],
    at: 'grid',
    on: ['card'],
    run: (board) => {
      const spot = board.spot.get();
      if (spot.kind === 'card') board.picked.toggle(spot);
    },
  },
  {
    id: 'select.all',
    group: 'Select',
    name: 'Select all: of the cell, the lane, the map',
    also: 'pick mark everything',
    chords: ['Mod+A'],
    at: 'grid',
    run: (board) => board.picked.widen(),
  },
  {
    id: 'select.none',
    group: 'Select',
    name: 'Select nothing',
    also: 'clear unselect',
    chords: ['Escape'],
    at: 'grid',
    can: (board) => board.picked.count() > 0,
    run: (board) => {
      board.picked.clear();
      board.say('Nothing selected');
    },
  },
];

function hasCards(board: Board): boolean {
  return board.picked.copied().length > 0;
}

function feel(board: Board, by: number): void {
  const spot = board.spot.get();
  const card = spot.kind === 'card' ? board.journey.card(spot.card).get() : undefined;
  if (card === undefined || board.journey.lanes.get(card.lane)?.kind !== 'emotion') return;
  if (board.refuses(card)) return;
  const score = nearestScore((card.score ?? 0) + by);
  board.setFields(card.id, { score });
  board.say(`${scoreText(score)}, ${scoreLabel(score)}`);
}
