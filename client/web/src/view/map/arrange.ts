// Where several cards go when they are moved together: by a key, by a drag, from a menu. Pure; the writing is the model's.
// They keep their relative order, and a block that spans cells keeps its shape.
import type { Move } from '../../model/cards';
import type { Direction, Shape } from './spot';

export interface Placed {
  readonly id: string;
  readonly lane: string;
  readonly stage: string;
}

/** Cards sorted as they stand: by lane, stage, place in the cell. What is not on screen is left out. */
export function inReadingOrder<T extends Placed>(cards: readonly T[], shape: Shape): readonly T[] {
  const place = (card: T): readonly [number, number, number] => [
    shape.lanes.indexOf(card.lane),
    shape.stages.indexOf(card.stage),
    shape.cards(card.lane, card.stage).indexOf(card.id),
  ];
  return cards
    .map((card) => ({ card, at: place(card) }))
    .filter(({ at }) => at.every((index) => index >= 0))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1] || a.at[2] - b.at[2])
    .map(({ card }) => card);
}

interface Block {
  readonly lane: string;
  readonly stage: string;
  readonly cards: readonly Placed[];
  /** The cards of the cell that stay. */
  readonly others: readonly string[];
  /** How many of the others stand before the first and before the last of the block. */
  readonly before: number;
  readonly beforeLast: number;
}

function blocksOf(cards: readonly Placed[], shape: Shape): readonly Block[] {
  const cells = new Map<string, Placed[]>();
  for (const card of cards) {
    const key = `${card.lane} ${card.stage}`;
    cells.set(key, [...(cells.get(key) ?? []), card]);
  }
  return [...cells.values()].flatMap((group) => {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return [];
    const ids = shape.cards(first.lane, first.stage);
    const taken = new Set(group.map(({ id }) => id));
    const others = ids.filter((id) => !taken.has(id));
    const beforeOf = (id: string): number =>
      ids.slice(0, ids.indexOf(id)).filter((other) => !taken.has(other)).length;
    return [
      {
        lane: first.lane,
        stage: first.stage,
        cards: group,
        others,
        before: beforeOf(first.id),
        beforeLast: beforeOf(last.id),
      },
    ];
  });
}

/**
 * One step of an arrow: within their cells as far as there is room, then to the next lane; sideways to the next stage.
 * `edge` when some of them stand at the map's edge already: then none moves, and the block keeps its shape.
 */
export function nudged(
  cards: readonly Placed[],
  direction: Direction,
  shape: Shape,
): readonly Move[] | 'edge' {
  const blocks = blocksOf(inReadingOrder(cards, shape), shape);
  const isBack = direction === 'left' || direction === 'up';
  const isSideways = direction === 'left' || direction === 'right';
  const hasRoom = blocks.some(({ others, before, beforeLast }) =>
    // Also where they only have to gather at that end.
    direction === 'up' ? beforeLast > 0 : before < others.length,
  );
  if (!isSideways && hasRoom) {
    return blocks.flatMap(({ cards: block, others, before, beforeLast }) => {
      const index = isBack ? Math.max(0, before - 1) : Math.min(others.length, beforeLast + 1);
      return block.map((card) => ({ ...card, index }));
    });
  }
  const line = isSideways ? shape.stages : shape.lanes;
  const next = (block: Block): string | undefined =>
    line[line.indexOf(isSideways ? block.stage : block.lane) + (isBack ? -1 : 1)];
  if (blocks.some((block) => next(block) === undefined)) return 'edge';
  const moving = new Set(cards.map(({ id }) => id));
  return blocks.flatMap((block) => {
    const lane = isSideways ? block.lane : (next(block) ?? block.lane);
    const stage = isSideways ? (next(block) ?? block.stage) : block.stage;
    const length = shape.cards(lane, stage).filter((id) => !moving.has(id)).length;
    const index = isSideways ? Math.min(block.before, length) : isBack ? length : 0;
    return block.cards.map(({ id }) => ({ id, lane, stage, index }));
  });
}

/**
 * Where all go when one of them, `held`, is dropped at a place: its cell mates beside it, the others as far in the same
 * direction, held back by the map's edge.
 */
export function dropped(
  cards: readonly Placed[],
  held: Placed,
  target: { readonly lane: string; readonly stage: string; readonly index: number },
  shape: Shape,
): readonly Move[] {
  const down = shape.lanes.indexOf(target.lane) - shape.lanes.indexOf(held.lane);
  const right = shape.stages.indexOf(target.stage) - shape.stages.indexOf(held.stage);
  const along = (line: readonly string[], at: string, by: number): string =>
    line[Math.max(0, Math.min(line.indexOf(at) + by, line.length - 1))] ?? at;
  return inReadingOrder(cards, shape).flatMap((card) => {
    if (card.lane === held.lane && card.stage === held.stage) return [{ id: card.id, ...target }];
    if (down === 0 && right === 0) return [];
    const lane = along(shape.lanes, card.lane, down);
    const stage = along(shape.stages, card.stage, right);
    const isTarget = lane === target.lane && stage === target.stage;
    return [{ id: card.id, lane, stage, ...(isTarget ? { index: target.index } : {}) }];
  });
}
