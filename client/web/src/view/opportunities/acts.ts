// What a person does to one opportunity from the list or the matrix: each is one undo step, said to who cannot see it.
import { addCard, removeCards } from '../../model/cards';
import { newId } from '../../model/ids';
import { type OpportunityStatus, STATUS_LABEL } from '../../model/kinds';
import {
  type Opportunity,
  QUADRANT_LABEL,
  quadrantOf,
  RATING_LABEL,
  type Rating,
} from '../../model/opportunities';
import { type Board, quoted } from '../map/board';

export function nameOf({ card }: Opportunity): string {
  return quoted(card.text, 'the opportunity');
}

export function rate(
  board: Board,
  opportunity: Opportunity,
  rating: Rating,
  value: number | undefined,
): void {
  if (board.refuses(opportunity.card)) return;
  board.setFields(opportunity.id, { [rating]: value });
  board.say(
    `${RATING_LABEL[rating]} of ${nameOf(opportunity)}: ${value === undefined ? 'not rated' : value}`,
  );
}

export function setStatus(
  board: Board,
  opportunity: Opportunity,
  status: OpportunityStatus | undefined,
): void {
  if (opportunity.card.status === status || board.refuses(opportunity.card)) return;
  board.setFields(opportunity.id, { status });
  board.say(
    `Status of ${nameOf(opportunity)}: ${status === undefined ? 'none' : STATUS_LABEL[status]}`,
  );
}

/** Puts one into a cell of the matrix: both ratings in one step. */
export function placeInMatrix(
  board: Board,
  opportunity: Opportunity,
  impact: number,
  effort: number,
): void {
  if (board.refuses(opportunity.card)) return;
  board.setFields(opportunity.id, { impact, effort });
  board.say(`${nameOf(opportunity)}: ${matrixWords(impact, effort)}`);
}

export function matrixWords(impact: number, effort: number): string {
  const quadrant = quadrantOf(impact, effort);
  return `impact ${impact}, effort ${effort}${
    quadrant === undefined ? '' : `, ${QUADRANT_LABEL[quadrant].toLowerCase()}`
  }`;
}

export function remove(board: Board, opportunity: Opportunity): void {
  if (board.refuses(opportunity.card)) return;
  removeCards(board.journey, [opportunity.id]);
  board.offerUndo(`Deleted ${nameOf(opportunity)}`);
}

/** Stands on its card, for the others to see and for the details panel; the focus stays where it is. */
export function select(board: Board, { card }: Opportunity): void {
  board.go({ kind: 'card', card: card.id, lane: card.lane, stage: card.stage }, 'quiet');
}

export function showDetails(board: Board, opportunity: Opportunity, way: 'focus' | 'quiet'): void {
  select(board, opportunity);
  board.openPanel(way);
}

export function showOnMap(board: Board, { card }: Opportunity): void {
  board.visit({ kind: 'card', card: card.id, lane: card.lane, stage: card.stage });
}

/** Writes a new one at the end of its cell and returns its id. */
export function add(board: Board, lane: string, stage: string, text: string): string {
  const id = newId();
  addCard(board.journey, {
    id,
    place: { lane, stage, index: board.journey.cell(lane, stage).get().length },
    text,
    author: board.me.name,
    at: new Date().toISOString(),
  });
  board.journey.steps.boundary();
  board.offerUndo(`Added ${quoted(text, 'an opportunity')}`);
  return id;
}
