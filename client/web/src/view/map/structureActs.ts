// What a person does to stages and lanes: add, move, delete, with the focus and the words that go with it.
// Called by headers, keys, toolbar and dragging; the writing itself is the model's.
import type { LaneKind } from '../../model/kinds';
import {
  addLane,
  addStage,
  duplicateEntry,
  moveEntry,
  removeEntry,
  setHidden,
} from '../../model/structure';
import { type Board, quoted } from './board';
import { type Spot, settle } from './spot';

export type StructureRoot = 'stages' | 'lanes';

function spotOf(root: StructureRoot, id: string): Spot {
  return root === 'stages' ? { kind: 'stage', stage: id } : { kind: 'lane', lane: id };
}

/** Adds a stage at `index` and begins its name; Esc takes the stage back, too. */
export function newStage(board: Board, index: number): void {
  if (board.refuses()) return;
  const { depth } = board.journey.steps;
  nameNew(board, { kind: 'stage', stage: addStage(board.journey, index) }, depth);
}

/** Adds a lane at `index` (among all, hidden ones included) and begins its name. */
export function newLane(board: Board, kind: LaneKind, index: number): void {
  if (board.refuses()) return;
  const { depth } = board.journey.steps;
  const lane = addLane(board.journey, index, kind);
  board.looking.reveal(lane);
  nameNew(board, { kind: 'lane', lane }, depth);
}

function nameNew(board: Board, spot: Spot & { kind: 'stage' | 'lane' }, depth: number): void {
  board.go(spot);
  board.writing.startEdit(spot.kind === 'stage' ? spot.stage : spot.lane, depth);
}

/** Moves a stage or lane by one among those on screen. */
export function shift(board: Board, root: StructureRoot, id: string, by: -1 | 1): void {
  if (board.refuses()) return;
  const { journey } = board;
  const shown = root === 'stages' ? journey.stages.ids.get() : board.looking.lanes.get();
  const neighbour = shown[shown.indexOf(id) + by];
  if (neighbour === undefined) {
    const what = root === 'stages' ? 'stage' : 'lane';
    board.say(`Already the ${by < 0 ? 'first' : 'last'} ${what}`);
    return;
  }
  reorder(board, root, id, neighbour, by < 0 ? 'before' : 'after');
}

/** Puts a stage or lane right beside another, wherever hidden lanes are. */
export function reorder(
  board: Board,
  root: StructureRoot,
  id: string,
  beside: string,
  side: 'before' | 'after',
): void {
  if (id === beside || board.refuses()) return;
  const others = board.journey[root].ids.get().filter((other) => other !== id);
  const index = others.indexOf(beside) + (side === 'after' ? 1 : 0);
  if (!moveEntry(board.journey, root, id, index)) return;
  board.go(spotOf(root, id));
  board.say(`Moved to position ${index + 1}`);
}

/** Deletes a stage or lane with its cards and offers to take that back. */
export function remove(board: Board, root: StructureRoot, id: string): void {
  if (board.refuses()) return;
  const title = board.journey[root].get(id)?.title ?? '';
  const was = board.shape();
  const count = removeEntry(board.journey, root, id);
  board.go(settle(spotOf(root, id), board.shape(), was));
  const cards = count === 0 ? '' : ` and ${count} ${count === 1 ? 'card' : 'cards'}`;
  board.offerUndo(`Deleted ${quoted(title, root === 'stages' ? 'stage' : 'lane')}${cards}`);
}

/** Puts a copy of a stage or lane, cards and all, right after it. */
export function duplicate(board: Board, root: StructureRoot, id: string): void {
  if (board.refuses()) return;
  const title = board.journey[root].get(id)?.title ?? '';
  const twin = duplicateEntry(board.journey, root, id);
  if (twin === undefined) return;
  board.go(spotOf(root, twin));
  board.offerUndo(`Duplicated ${quoted(title, root === 'stages' ? 'stage' : 'lane')}`);
}

/** Takes a lane out of sight, for everybody, and offers to take that back. */
export function hideLane(board: Board, lane: string): void {
  if (board.refuses()) return;
  const title = board.journey.lanes.get(lane)?.title ?? '';
  const was = board.shape();
  setHidden(board.journey, lane, true);
  board.go(settle({ kind: 'lane', lane }, board.shape(), was));
  board.offerUndo(`Hid ${quoted(title, 'lane')}`);
}
