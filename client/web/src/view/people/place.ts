// Places that people bring each other to: as the wire names them, as spots of this map, and in words. Pure but for `seenBy`, which looks at
// the screen.
import type { Journey } from '../../model/journey';
import { LANE_WORDS } from '../../model/kinds';
import type { Spot as Place } from '../../wire/channel';
import { type Board, quoted } from '../map/board';
import { cellSpotKey, type Spot } from '../map/spot';

/** The place as the wire names it; the corner is none. */
export function placeAt(spot: Spot): Place | undefined {
  switch (spot.kind) {
    case 'corner':
      return undefined;
    case 'stage':
      return { stage: spot.stage };
    case 'lane':
      return { lane: spot.lane };
    // A private card is nowhere for others: its cell is as near as they can come.
    case 'draft':
    case 'cell':
      return { lane: spot.lane, stage: spot.stage };
    case 'card':
      return { card: spot.card };
  }
}

/** Where that is in this map now; nothing when it is gone, not here yet, or in a lane that is hidden. */
export function spotAt(journey: Journey, place: Place): Spot | undefined {
  if (place.card !== undefined) {
    const card = journey.card(place.card).get();
    if (card !== undefined) {
      return isShown(journey, card.lane, card.stage)
        ? { kind: 'card', card: card.id, lane: card.lane, stage: card.stage }
        : undefined;
    }
    // Somebody stands on a card that they have not begun to write.
    if (place.lane === undefined || place.stage === undefined) return undefined;
  }
  const { lane, stage } = place;
  if (!isShown(journey, lane, stage)) return undefined;
  if (lane !== undefined && stage !== undefined) return { kind: 'cell', lane, stage };
  if (stage !== undefined) return { kind: 'stage', stage };
  return lane === undefined ? undefined : { kind: 'lane', lane };
}

function isShown(journey: Journey, lane: string | undefined, stage: string | undefined): boolean {
  const row = lane === undefined ? undefined : journey.lanes.get(lane);
  const hasLane = lane === undefined || (row !== undefined && !row.hidden);
  return hasLane && (stage === undefined || journey.stages.get(stage) !== undefined);
}

/** “Compares listings”, stage “Search”, “Actions, Search”. */
export function placeWords(board: Board, spot: Spot): string {
  const { journey } = board;
  switch (spot.kind) {
    case 'corner':
      return 'the map';
    case 'stage':
      return `stage ${quoted(journey.stages.get(spot.stage)?.title ?? '', 'without a name')}`;
    case 'lane':
      return `lane ${quoted(journey.lanes.get(spot.lane)?.title ?? '', 'without a name')}`;
    case 'draft':
    case 'cell':
      return quoted(board.describe(spot.lane, spot.stage), 'a cell');
    case 'card': {
      const { card } = LANE_WORDS[journey.lanes.get(spot.lane)?.kind ?? 'note'];
      return quoted(journey.card(spot.card).get()?.text ?? '', `an empty ${card}`);
    }
  }
}

/** What this person looks at: where they stand, if that is in view, or else the cell in the middle of it. */
export function seenBy(board: Board): Spot | undefined {
  const scroller = board.grid?.closest<HTMLElement>('.m-scroller');
  if (board.grid === null || !scroller) return undefined;
  const spot = board.spot.get();
  const view = scroller.getBoundingClientRect();
  const element = board.elementOf(spot);
  if (spot.kind !== 'corner' && element !== null && isWithin(element, view)) return spot;
  const [x, y] = [(view.left + view.right) / 2, (view.top + view.bottom) / 2];
  let nearest: { readonly spot: Spot; readonly distance: number } | undefined;
  const { stages, lanes } = board.shape();
  for (const lane of lanes) {
    for (const stage of stages) {
      const cell = board.grid.querySelector(
        `[data-spot="${CSS.escape(cellSpotKey(lane, stage))}"]`,
      );
      if (cell === null) continue;
      const box = cell.getBoundingClientRect();
      const distance = Math.hypot(outside(x, box.left, box.right), outside(y, box.top, box.bottom));
      if (nearest === undefined || distance < nearest.distance) {
        nearest = { spot: { kind: 'cell', lane, stage }, distance };
      }
    }
  }
  return nearest?.spot;
}

/** How far a number is from a stretch; 0 within it. */
function outside(at: number, start: number, end: number): number {
  return Math.max(start - at, 0, at - end);
}

/** Whether the middle of an element is in view. */
export function isWithin(element: Element, view: DOMRect): boolean {
  const box = element.getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return x > view.left && x < view.right && y > view.top && y < view.bottom;
}
