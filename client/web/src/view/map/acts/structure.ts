// Acts on stages and lanes, from their headers and for the map as a whole.
import { LANE_KINDS, LANE_WORDS } from '../../../model/kinds';
import { setHidden } from '../../../model/structure';
import type { Board } from '../board';
import { openLaneField, openStageField, showPersonas } from '../panel/opening';
import { type Spot, spotKey } from '../spot';
import {
  duplicate,
  hideLane,
  newLane,
  newStage,
  remove,
  type StructureRoot,
  shift,
} from '../structureActs';
import type { Act } from './act';
import { ARROWS, directionOf } from './moving';

const HEADS = ['stage', 'lane'] as const;

function headOf(spot: Spot): { readonly root: StructureRoot; readonly id: string } | undefined {
  if (spot.kind === 'stage') return { root: 'stages', id: spot.stage };
  return spot.kind === 'lane' ? { root: 'lanes', id: spot.lane } : undefined;
}

/** The lane or stage one is in, whatever one stands on there. */
function within(board: Board, root: StructureRoot): string | undefined {
  const spot = board.spot.get();
  if (root === 'lanes') return 'lane' in spot ? spot.lane : undefined;
  return 'stage' in spot ? spot.stage : undefined;
}

function after(board: Board, root: StructureRoot): number {
  const all = board.journey[root].ids.get();
  const id = within(board, root);
  return id === undefined ? all.length : all.indexOf(id) + 1;
}

export const STRUCTURE: readonly Act[] = [
  {
    id: 'head.rename',
    group: 'Stages and lanes',
    name: 'Rename',
    also: 'title name stage lane',
    chords: ['F2'],
    at: 'grid',
    on: HEADS,
    edits: true,
    run: (board) => {
      const head = headOf(board.spot.get());
      if (head !== undefined) board.writing.startEdit(head.id);
    },
  },
  {
    id: 'head.menu',
    group: 'Stages and lanes',
    name: 'Menu',
    chords: ['Enter'],
    at: 'grid',
    on: HEADS,
    edits: true,
    unlisted: true,
    can: (board) => !board.isStill(),
    run: (board) => board.menu.set(spotKey(board.spot.get())),
  },
  {
    id: 'head.read',
    group: 'Stages and lanes',
    name: 'All there is to read about it',
    chords: ['Enter'],
    at: 'grid',
    on: HEADS,
    unlisted: true,
    // Who may not edit reads: the header shows the beginning of what there is to say.
    can: (board) => board.isStill(),
    run: (board) => {
      const head = headOf(board.spot.get());
      if (head?.root === 'stages') openStageField(board, head.id, 'description');
      else if (head !== undefined) openLaneField(board, head.id, 'title');
    },
  },
  {
    id: 'head.move',
    group: 'Stages and lanes',
    name: 'Move it',
    chords: [...ARROWS.map((arrow) => `Alt+${arrow}`), ...ARROWS.map((arrow) => `Mod+${arrow}`)],
    at: 'grid',
    on: HEADS,
    edits: true,
    unlisted: true,
    run: (board, chord) => {
      const head = headOf(board.spot.get());
      const direction = directionOf(chord);
      if (head === undefined) return;
      const [back, on] = head.root === 'stages' ? ['left', 'right'] : ['up', 'down'];
      if (direction === back) shift(board, head.root, head.id, -1);
      if (direction === on) shift(board, head.root, head.id, 1);
    },
  },
  {
    id: 'head.duplicate',
    group: 'Stages and lanes',
    name: 'Duplicate it with its cards',
    also: 'copy stage lane',
    chords: ['Mod+D'],
    at: 'grid',
    on: HEADS,
    edits: true,
    run: (board) => {
      const head = headOf(board.spot.get());
      if (head !== undefined) duplicate(board, head.root, head.id);
    },
  },
  {
    id: 'head.delete',
    group: 'Stages and lanes',
    name: 'Delete it with its cards',
    also: 'remove stage lane',
    chords: ['Delete', 'Backspace'],
    at: 'grid',
    on: HEADS,
    edits: true,
    run: (board) => {
      const head = headOf(board.spot.get());
      if (head !== undefined) remove(board, head.root, head.id);
    },
  },
  {
    id: 'corner.open',
    group: 'Stages and lanes',
    name: 'Whose journey it is, from the upper left corner',
    chords: ['Enter', 'F2'],
    at: 'grid',
    on: ['corner'],
    unlisted: true,
    run: showPersonas,
  },
  {
    id: 'stage.add',
    group: 'Stages and lanes',
    name: 'Add a stage after this one',
    also: 'new column',
    chords: [],
    at: 'grid',
    edits: true,
    run: (board) => newStage(board, after(board, 'stages')),
  },
  {
    id: 'head.about',
    group: 'Stages and lanes',
    name: 'Its details: what happens in it, its kind',
    also: 'describe description kind change lane stage',
    chords: [],
    at: 'grid',
    on: HEADS,
    run: (board) => {
      const head = headOf(board.spot.get());
      if (head?.root === 'stages') openStageField(board, head.id, 'description');
      else if (head !== undefined) openLaneField(board, head.id, 'kind');
    },
  },
  {
    id: 'lane.hide',
    group: 'Stages and lanes',
    name: 'Hide this lane',
    chords: [],
    at: 'grid',
    edits: true,
    can: (board) => within(board, 'lanes') !== undefined,
    run: (board) => {
      const lane = within(board, 'lanes');
      if (lane !== undefined) hideLane(board, lane);
    },
  },
  {
    id: 'lane.show',
    group: 'Stages and lanes',
    name: 'Show all hidden lanes',
    chords: [],
    at: 'grid',
    edits: true,
    can: (board) => board.journey.lanes.all.get().some((lane) => lane.hidden),
    run: (board) => {
      if (board.refuses()) return;
      for (const lane of board.journey.lanes.all.get()) {
        if (lane.hidden) setHidden(board.journey, lane.id, false);
      }
      board.focusSpot();
    },
  },
  ...LANE_KINDS.map(
    (kind): Act => ({
      id: `lane.add.${kind}`,
      group: 'Stages and lanes',
      name: `Add a lane of ${LANE_WORDS[kind].name.toLowerCase()}`,
      also: `new row ${LANE_WORDS[kind].layer}`,
      chords: [],
      at: 'grid',
      edits: true,
      run: (board) => newLane(board, kind, after(board, 'lanes')),
    }),
  ),
];
