// Where a person stands in the grid, and where an arrow key takes them.
// Pure: used by the board and the key handling. A spot may name things that are gone; `settle` finds the nearest one left.

export type Spot =
  | { readonly kind: 'corner' }
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'lane'; readonly lane: string }
  | { readonly kind: 'cell'; readonly lane: string; readonly stage: string }
  | {
      readonly kind: 'card';
      readonly card: string;
      readonly lane: string;
      readonly stage: string;
    }
  /** A card of one's own that nobody else sees yet. */
  | {
      readonly kind: 'draft';
      readonly draft: string;
      readonly lane: string;
      readonly stage: string;
    };

/** What the grid consists of at the moment of a step. */
export interface Shape {
  readonly stages: readonly string[];
  readonly lanes: readonly string[];
  cards(lane: string, stage: string): readonly string[];
  /** Below the cards. */
  drafts(lane: string, stage: string): readonly string[];
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The value of `data-spot` on the element of a spot. */
export function spotKey(spot: Spot): string {
  switch (spot.kind) {
    case 'corner':
      return 'corner';
    case 'stage':
      return `stage ${spot.stage}`;
    case 'lane':
      return `lane ${spot.lane}`;
    case 'cell':
      return cellSpotKey(spot.lane, spot.stage);
    case 'card':
      return `card ${spot.card}`;
    case 'draft':
      return `draft ${spot.draft}`;
  }
}

export function cellSpotKey(lane: string, stage: string): string {
  return `cell ${lane} ${stage}`;
}

export function sameSpot(a: Spot, b: Spot): boolean {
  if (spotKey(a) !== spotKey(b)) return false;
  return !isInCell(a) || !isInCell(b) || (a.lane === b.lane && a.stage === b.stage);
}

interface Coordinates {
  /** −1 is the header. */
  readonly row: number;
  readonly column: number;
}

function coordinates(spot: Spot, shape: Shape): Coordinates {
  switch (spot.kind) {
    case 'corner':
      return { row: -1, column: -1 };
    case 'stage':
      return { row: -1, column: shape.stages.indexOf(spot.stage) };
    case 'lane':
      return { row: shape.lanes.indexOf(spot.lane), column: -1 };
    case 'cell':
    case 'card':
    case 'draft':
      return { row: shape.lanes.indexOf(spot.lane), column: shape.stages.indexOf(spot.stage) };
  }
}

function spotAt({ row, column }: Coordinates, shape: Shape): Spot {
  const lane = shape.lanes[row];
  const stage = shape.stages[column];
  if (lane !== undefined && stage !== undefined) return { kind: 'cell', lane, stage };
  if (stage !== undefined) return { kind: 'stage', stage };
  if (lane !== undefined) return { kind: 'lane', lane };
  return { kind: 'corner' };
}

function bounded(at: Coordinates, shape: Shape): Coordinates {
  return {
    row: Math.max(-1, Math.min(at.row, shape.lanes.length - 1)),
    column: Math.max(-1, Math.min(at.column, shape.stages.length - 1)),
  };
}

type InCell = Extract<Spot, { kind: 'card' | 'draft' }>;

function isInCell(spot: Spot): spot is InCell {
  return spot.kind === 'card' || spot.kind === 'draft';
}

/** Everything one can stand on in a cell, from top to bottom. */
export function inCell(lane: string, stage: string, shape: Shape): readonly InCell[] {
  const place = { lane, stage };
  return [
    ...shape.cards(lane, stage).map((card) => ({ kind: 'card', card, ...place }) as const),
    ...shape.drafts(lane, stage).map((draft) => ({ kind: 'draft', draft, ...place }) as const),
  ];
}

/** What stands at `index` of a cell, the last one if there are fewer, or the cell itself if it is empty. */
function intoCell(cell: Spot, index: number, shape: Shape): Spot {
  if (cell.kind !== 'cell') return cell;
  const all = inCell(cell.lane, cell.stage, shape);
  return all[Math.min(index, all.length - 1)] ?? cell;
}

/** One arrow key. From a card it goes from card to card; from a cell or header, cell by cell. */
export function step(spot: Spot, direction: Direction, shape: Shape): Spot {
  const at = coordinates(spot, shape);
  const delta = {
    up: { row: -1, column: 0 },
    down: { row: 1, column: 0 },
    left: { row: 0, column: -1 },
    right: { row: 0, column: 1 },
  }[direction];
  const next = bounded({ row: at.row + delta.row, column: at.column + delta.column }, shape);
  const stays = next.row === at.row && next.column === at.column;
  if (!isInCell(spot)) return stays ? spot : spotAt(next, shape);
  const mates = inCell(spot.lane, spot.stage, shape);
  const index = mates.findIndex((mate) => spotKey(mate) === spotKey(spot));
  const sibling = mates[index + delta.row];
  if (delta.row !== 0 && sibling !== undefined) return sibling;
  if (stays) return spot;
  const cell = spotAt(next, shape);
  if (direction === 'up') return intoCell(cell, Number.POSITIVE_INFINITY, shape);
  return intoCell(cell, direction === 'down' ? 0 : index, shape);
}

/** Home and End: along the row; with Ctrl, to the corners of the grid. */
export function leap(spot: Spot, edge: 'start' | 'end', whole: boolean, shape: Shape): Spot {
  const at = coordinates(spot, shape);
  if (edge === 'start') return spotAt({ row: whole ? -1 : at.row, column: -1 }, shape);
  const row = whole ? shape.lanes.length - 1 : at.row;
  return spotAt({ row, column: shape.stages.length - 1 }, shape);
}

/**
 * The spot itself if it still exists, else the nearest thing that does: a deleted card's cell, a deleted stage's
 * neighbour. `was` is the shape the spot was seen in.
 */
export function settle(spot: Spot, shape: Shape, was: Shape): Spot {
  const here = coordinates(spot, shape);
  const before = coordinates(spot, was);
  const needsRow = 'lane' in spot;
  const needsColumn = 'stage' in spot;
  const lostRow = needsRow && here.row < 0;
  const lostColumn = needsColumn && here.column < 0;
  if (lostRow || lostColumn) {
    const row = lostRow ? before.row : here.row;
    const column = lostColumn ? before.column : here.column;
    return spotAt(bounded({ row, column }, shape), shape);
  }
  if (!isInCell(spot)) return spot;
  const { lane, stage } = spot;
  const isThere = inCell(lane, stage, shape).some((mate) => spotKey(mate) === spotKey(spot));
  return isThere ? spot : { kind: 'cell', lane, stage };
}
