// "Add an opportunity for this": from a pain or an expectation, one act to an opportunity that addresses it.
// Called by the panel and by whatever else names a pain; it needs the grid on screen, where the text is typed.
import type { Card } from '../../model/entities';
import { addLane, setHidden } from '../../model/structure';
import type { Board } from './board';

/** Opens a text area in the same stage; the card is written, and addresses the given one, with its first letter. */
export function addOpportunityFor(board: Board, card: Card): void {
  const { journey } = board;
  const { depth } = journey.steps;
  const lanes = journey.lanes.all.get().filter((lane) => lane.kind === 'opportunity');
  const lane = lanes.find((one) => !one.hidden) ?? lanes[0];
  // A lane to be shown or made is not a card.
  if (
    lane?.hidden === false ? board.refuses({ lane: lane.id, stage: card.stage }) : board.refuses()
  ) {
    return;
  }
  if (lane?.hidden === true) setHidden(journey, lane.id, false);
  const id = lane?.id ?? addLane(journey, journey.lanes.ids.get().length, 'opportunity');
  board.panel.set('closed');
  // Esc takes a lane that was made for it back, too.
  board.writing.startCard(id, card.stage, undefined, { addresses: [card.id], depth });
}
