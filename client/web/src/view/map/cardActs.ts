// What a person does to cards that are there: move, duplicate, delete, colour; one, or all that are selected.
// Each is one step, one transaction, and one sentence to a screen reader. Called by the acts, dragging and the selection bar.
import { type CardFields, type Move, moveCards, removeCards, setFieldsOf } from '../../model/cards';
import { type Copy, writeCopies } from '../../model/copies';
import type { Card } from '../../model/entities';
import { LANE_WORDS } from '../../model/kinds';
import { inReadingOrder, nudged } from './arrange';
import { type Board, quoted } from './board';
import type { Direction } from './spot';

/** The cards of those ids that are on the map, in reading order. */
export function cardsOf(board: Board, ids: readonly string[]): readonly Card[] {
  const cards = ids.map((id) => board.journey.card(id).get()).filter((card) => card !== undefined);
  return inReadingOrder(cards, board.shape());
}

/** “The text” of one card, or how many they are. */
export function nameOf(board: Board, cards: readonly Card[]): string {
  const [only, ...more] = cards;
  if (only === undefined) return 'nothing';
  if (more.length > 0) return `${cards.length} cards`;
  return quoted(only.text, LANE_WORDS[board.journey.lanes.get(only.lane)?.kind ?? 'note'].card);
}

/** Stands on a card wherever it is now. */
export function goToCard(board: Board, id: string, focus: 'take' | 'quiet' = 'take'): void {
  const card = board.journey.card(id).get();
  if (card === undefined) return;
  board.go({ kind: 'card', card: id, lane: card.lane, stage: card.stage }, focus);
}

/** Moves cards and says where `lead`, the one stood on or dragged, has come to. */
export function arrange(board: Board, moves: readonly Move[], lead: string): void {
  const ids = moves.map(({ id }) => id);
  if (board.refusesCards(ids) || board.refuses(...moves)) return;
  if (!moveCards(board.journey, moves)) return;
  goToCard(board, lead);
  const card = board.journey.card(lead).get();
  if (card === undefined) return;
  const place = board.describe(card.lane, card.stage);
  const at = board.journey.cell(card.lane, card.stage).get().indexOf(lead) + 1;
  board.say(
    moves.length === 1
      ? `Moved to ${place}, position ${at}`
      : `Moved ${moves.length} cards; this one to ${place}`,
  );
}

function leadOf(board: Board, ids: readonly string[]): string | undefined {
  const spot = board.spot.get();
  return spot.kind === 'card' && ids.includes(spot.card) ? spot.card : ids[0];
}

/** One arrow key: within the cell, to the next lane at the cell's end, or to the next stage. */
export function nudgeCards(board: Board, direction: Direction): void {
  const ids = board.picked.targets();
  const lead = leadOf(board, ids);
  if (board.readOnly || lead === undefined) return;
  const moves = nudged(cardsOf(board, ids), direction, board.shape());
  if (moves !== 'edge') {
    arrange(board, moves, lead);
    return;
  }
  const end = direction === 'left' || direction === 'up' ? 'first' : 'last';
  board.say(
    `Already the ${end} ${direction === 'left' || direction === 'right' ? 'stage' : 'lane'}`,
  );
}

/** All to one lane, or all to one stage; in the other direction they stay where they are. */
export function moveTo(
  board: Board,
  ids: readonly string[],
  to: { readonly lane: string } | { readonly stage: string },
): void {
  const moves = cardsOf(board, ids).map(({ id, lane, stage }) => ({ id, lane, stage, ...to }));
  const lead = leadOf(board, ids);
  if (lead !== undefined) arrange(board, moves, lead);
}

/** Copies right behind the last of them in each cell; the copies are what is selected then. */
export function duplicateCards(board: Board, ids: readonly string[] = board.picked.copied()): void {
  if (board.refusesCards(ids)) return;
  const cards = cardsOf(board, ids);
  const last = new Map<string, number>();
  for (const { id, lane, stage } of cards) {
    const index = board.journey.cell(lane, stage).get().indexOf(id) + 1;
    last.set(`${lane} ${stage}`, Math.max(index, last.get(`${lane} ${stage}`) ?? 0));
  }
  const copies = cards.map(
    (card): Copy => ({
      card,
      lane: card.lane,
      stage: card.stage,
      index: last.get(`${card.lane} ${card.stage}`) ?? 0,
    }),
  );
  const made = writeCopies(board.journey, copies);
  select(board, made);
  if (made.length > 0) board.say(`Duplicated ${nameOf(board, cards)}`);
}

/** Selects cards that have just come, and stands on the first. */
export function select(board: Board, ids: readonly string[]): void {
  const [first] = ids;
  if (first === undefined) return;
  board.picked.set(ids.length > 1 ? ids : []);
  goToCard(board, first);
}

/** Deletes cards, stands on what is nearest to the one stood on, and offers to take it back. */
export function removeCardsAt(board: Board, ids: readonly string[]): void {
  const cards = cardsOf(board, ids);
  const lead = leadOf(
    board,
    cards.map(({ id }) => id),
  );
  const card = cards.find(({ id }) => id === lead);
  if (card === undefined || board.refuses(...cards)) return;
  const gone = new Set(cards.map(({ id }) => id));
  const cell = board.journey.cell(card.lane, card.stage).get();
  const index = cell.indexOf(card.id);
  const stays = (id: string): boolean => !gone.has(id);
  const next = cell.slice(index).find(stays) ?? cell.slice(0, index).findLast(stays);
  const what = nameOf(board, cards);
  removeCards(board.journey, [...gone]);
  board.picked.clear();
  const place = { lane: card.lane, stage: card.stage };
  board.go(
    next === undefined ? { kind: 'cell', ...place } : { kind: 'card', card: next, ...place },
  );
  board.offerUndo(`Deleted ${what}`);
}

export function setFieldsAt(board: Board, ids: readonly string[], fields: CardFields): void {
  if (!board.refusesCards(ids)) setFieldsOf(board.journey, ids, fields);
}
