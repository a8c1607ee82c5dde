// The cards a person has selected, beside the one they stand on. Part of the board; nobody else sees it.
// A selection may name cards that are gone or out of sight: `shown` leaves those out, and an undo brings them back into it.
import { createStore, type WritableStore } from '../../sync/store';
import { inReadingOrder } from './arrange';
import type { Board } from './board';
import { type Direction, type Shape, type Spot, sameSpot, step } from './spot';

const NOTHING: ReadonlySet<string> = new Set();

export class Selection {
  readonly ids: WritableStore<ReadonlySet<string>> = createStore(NOTHING);
  readonly #board: Board;
  /** Where a range began, and where its other end was last seen: going elsewhere begins a new one. */
  #range: { readonly from: Spot; readonly to: Spot } | undefined;

  constructor(board: Board) {
    this.#board = board;
  }

  has(id: string): boolean {
    return this.ids.get().has(id);
  }

  /** The selected cards that are on the map, in reading order. */
  shown(): readonly string[] {
    const cards = [...this.ids.get()]
      .map((id) => this.#board.journey.card(id).get())
      .filter((card) => card !== undefined);
    return inReadingOrder(cards, this.#board.shape()).map(({ id }) => id);
  }

  /** The cards an act is for: those selected, but for somebody who stands on another card that card alone. */
  targets(): readonly string[] {
    const spot = this.#board.spot.get();
    const selected = this.shown();
    if (spot.kind === 'card' && !selected.includes(spot.card)) return [spot.card];
    return selected;
  }

  /** The cards a copy is for: as a spreadsheet does, standing on a cell is enough. */
  copied(): readonly string[] {
    const spot = this.#board.spot.get();
    const targets = this.targets();
    if (targets.length > 0 || spot.kind !== 'cell') return targets;
    return this.#board.journey.cell(spot.lane, spot.stage).get();
  }

  count(): number {
    return this.shown().length;
  }

  set(ids: Iterable<string>): void {
    const next = new Set(ids);
    this.ids.set(next.size === 0 ? NOTHING : next);
  }

  /** Returns whether there was something to clear. */
  clear(): boolean {
    const was = this.count() > 0;
    this.#range = undefined;
    this.ids.set(NOTHING);
    return was;
  }

  /** Takes a card in or leaves it out. The card stood on before counts as the first of a selection. */
  toggle(spot: Spot & { kind: 'card' }, before: Spot = spot): void {
    const next = new Set(this.shown());
    if (next.size === 0 && before.kind === 'card' && before.card !== spot.card) {
      next.add(before.card);
    }
    if (!next.delete(spot.card)) next.add(spot.card);
    this.#range = { from: spot, to: spot };
    this.set(next);
    this.#board.go(spot);
    this.tell();
  }

  /** Selects from where the range began, or from `before`, to a spot. */
  reach(to: Spot, before: Spot): void {
    const isGoingOn = this.#range !== undefined && sameSpot(this.#range.to, before);
    const from = isGoingOn ? (this.#range?.from ?? before) : before;
    this.#range = { from, to };
    this.set(between(from, to, this.#board.shape()));
    this.#board.go(to);
    this.tell();
  }

  /** Shift and an arrow. */
  extend(direction: Direction): void {
    const spot = this.#board.spot.get();
    this.reach(step(spot, direction, this.#board.shape()), spot);
  }

  /** Ctrl+A: all of the cell, then of the lane, then of the map; on a header, all that is under it first. */
  widen(): void {
    const { ids, what } = wider(new Set(this.shown()), this.#board.spot.get(), this.#board.shape());
    this.set(ids);
    this.tell(what);
  }

  tell(what?: string): void {
    const count = this.count();
    const cards = count === 1 ? '1 card selected' : `${count} cards selected`;
    this.#board.say(
      count === 0 ? 'Nothing selected' : what === undefined ? cards : `${cards}: ${what}`,
    );
  }
}

/** The cards from one spot to another: of one cell, those between them; else all of the cells between them. */
export function between(from: Spot, to: Spot, shape: Shape): readonly string[] {
  if (
    from.kind === 'card' &&
    to.kind === 'card' &&
    from.lane === to.lane &&
    from.stage === to.stage
  ) {
    const cell = shape.cards(from.lane, from.stage);
    const [low, high] = ordered(cell.indexOf(from.card), cell.indexOf(to.card));
    return cell.slice(Math.max(0, low), high + 1);
  }
  const lanes = span(shape.lanes, laneOf(from), laneOf(to));
  const stages = span(shape.stages, stageOf(from), stageOf(to));
  return lanes.flatMap((lane) => stages.flatMap((stage) => shape.cards(lane, stage)));
}

function laneOf(spot: Spot): string | undefined {
  return 'lane' in spot ? spot.lane : undefined;
}

function stageOf(spot: Spot): string | undefined {
  return 'stage' in spot ? spot.stage : undefined;
}

/** A header stands for its whole row or column. */
function span(
  line: readonly string[],
  a: string | undefined,
  b: string | undefined,
): readonly string[] {
  if (a === undefined || b === undefined) return line;
  const [low, high] = ordered(line.indexOf(a), line.indexOf(b));
  return low < 0 ? [] : line.slice(low, high + 1);
}

function ordered(a: number, b: number): readonly [number, number] {
  return a < b ? [a, b] : [b, a];
}

/** The next wider set around a spot that is not selected as a whole yet. */
export function wider(
  selected: ReadonlySet<string>,
  spot: Spot,
  shape: Shape,
): { readonly ids: readonly string[]; readonly what: string } {
  const steps: { ids: readonly string[]; what: string }[] = [];
  if ('lane' in spot && 'stage' in spot) {
    steps.push({ ids: shape.cards(spot.lane, spot.stage), what: 'the cell' });
  }
  if ('lane' in spot) {
    const { lane } = spot;
    steps.push({
      ids: shape.stages.flatMap((stage) => shape.cards(lane, stage)),
      what: 'the lane',
    });
  }
  if (spot.kind === 'stage') {
    const { stage } = spot;
    steps.push({ ids: shape.lanes.flatMap((lane) => shape.cards(lane, stage)), what: 'the stage' });
  }
  const all = {
    ids: shape.lanes.flatMap((lane) => shape.stages.flatMap((stage) => shape.cards(lane, stage))),
    what: 'the whole map',
  };
  return (
    steps.find(
      ({ ids }) =>
        ids.length > 0 && (ids.length > selected.size || ids.some((id) => !selected.has(id))),
    ) ?? all
  );
}
