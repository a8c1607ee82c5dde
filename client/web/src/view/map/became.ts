// What others did to the very place a person stands on, in one sentence; the new place is read out as the focus comes to it.
// Called by whatever keeps the focus: the keeper of the grid, and the list of opportunities.
import type { Board } from './board';
import type { Spot } from './spot';

/** Silent about one's own acts, which say for themselves what they did. */
export function sayWhatBecameOf(board: Board, stood: Spot): void {
  if (!board.journey.isOthers || board.leaving) return;
  const words = becameOf(board, stood);
  if (words !== undefined) board.say(`Someone else ${words}`);
}

function becameOf(board: Board, stood: Spot): string | undefined {
  const { journey } = board;
  const card = stood.kind === 'card' ? journey.card(stood.card).get() : undefined;
  if (stood.kind === 'card' && card !== undefined) {
    if (card.lane !== stood.lane || card.stage !== stood.stage) {
      const isSeen = board.looking.lanes.get().includes(card.lane);
      return `moved this card ${isSeen ? `to ${board.describe(card.lane, card.stage)}` : 'out of sight'}`;
    }
  }
  if ('stage' in stood && journey.stages.get(stood.stage) === undefined) {
    return 'deleted the stage you were in';
  }
  if ('lane' in stood) {
    const lane = journey.lanes.get(stood.lane);
    if (lane === undefined) return 'deleted the lane you were in';
    if (lane.hidden) return 'hid the lane you were in';
  }
  return stood.kind === 'card' && card === undefined ? 'deleted the card you were on' : undefined;
}
