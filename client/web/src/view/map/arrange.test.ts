import { expect, test } from 'vitest';
import { moveCards } from '../../model/cards';
import type { Journey } from '../../model/journey';
import { alone } from '../../model/testing/desk';
import { dropped, nudged, type Placed } from './arrange';
import { between, wider } from './selection';
import type { Direction, Shape, Spot } from './spot';

/** Lanes `x`, `y` and stages `1`, `2`; a cell is written as its cards: `x1: 'abc'`. */
function grid(cells: Record<string, string>): { journey: Journey; shape: Shape } {
  const journey = alone({
    lanes: ['x', 'y'].map((id) => ({ id, kind: 'note', title: id })),
    stages: ['1', '2'].map((id) => ({ id, title: id })),
    cards: Object.entries(cells).flatMap(([cell, ids]) =>
      [...ids].map((id) => ({ id, lane: cell[0], stage: cell[1], text: id })),
    ),
  });
  const shape: Shape = {
    lanes: journey.shownLanes.get(),
    stages: journey.stages.ids.get(),
    cards: (lane, stage) => journey.cell(lane, stage).get(),
    drafts: () => [],
  };
  return { journey, shape };
}

function placed(journey: Journey, ids: string): Placed[] {
  return [...ids].map((id) => journey.card(id).get()).filter((card) => card !== undefined);
}

function cells({ journey, shape }: ReturnType<typeof grid>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const lane of shape.lanes) {
    for (const stage of shape.stages) {
      const ids = journey.cell(lane, stage).get().join('');
      if (ids !== '') found[`${lane}${stage}`] = ids;
    }
  }
  return found;
}

test.each<[Record<string, string>, string, Direction, Record<string, string> | 'edge']>([
  // Within the cell as long as there is room, the block kept together.
  [{ x1: 'abcd' }, 'bc', 'up', { x1: 'bcad' }],
  [{ x1: 'abcd' }, 'bc', 'down', { x1: 'adbc' }],
  [{ x1: 'abcd' }, 'bd', 'up', { x1: 'bdac' }],
  [{ x1: 'abcd' }, 'db', 'down', { x1: 'acbd' }],
  // Then to the next lane: in at its near end.
  [{ x1: 'abc', y1: 'z' }, 'bc', 'down', { x1: 'a', y1: 'bcz' }],
  [{ x1: 'z', y1: 'abc' }, 'ab', 'up', { x1: 'zab', y1: 'c' }],
  [{ x1: 'ab' }, 'a', 'up', 'edge'],
  // Sideways with the shape kept, or not at all.
  [{ x1: 'abc', y1: 'd', x2: 'z' }, 'bcd', 'right', { x1: 'a', x2: 'zbc', y2: 'd' }],
  [{ x1: 'a', x2: 'b' }, 'ab', 'right', 'edge'],
  [{ x1: 'a', x2: 'b' }, 'ab', 'left', 'edge'],
])('%j: %s goes %s, then %j', (before, ids, direction, after) => {
  const map = grid(before);
  const moves = nudged(placed(map.journey, ids), direction, map.shape);
  if (moves !== 'edge') moveCards(map.journey, moves);
  expect(moves === 'edge' ? moves : cells(map)).toEqual(after);
});

test.each<
  [Record<string, string>, string, string, [string, string, number], Record<string, string>]
>([
  // Cell mates land side by side, in their order and not in that of the picking.
  [{ x1: 'abcd', y2: 'z' }, 'dab', 'b', ['y', '2', 0], { x1: 'c', y2: 'abdz' }],
  // Within a cell they gather at the place.
  [{ x1: 'abcd' }, 'ad', 'a', ['x', '1', 1], { x1: 'badc' }],
  // From several cells: each as far in the same direction.
  [{ x1: 'a', y1: 'b' }, 'ab', 'a', ['x', '2', 0], { x2: 'a', y2: 'b' }],
  // The map's edge holds back what would fall off it.
  [{ x1: 'a', x2: 'b' }, 'ab', 'a', ['x', '2', 0], { x2: 'ab' }],
  [{ x1: 'a', y1: 'b' }, 'ab', 'a', ['y', '1', 0], { y1: 'ab' }],
  // Dropped where it was: the others stay.
  [{ x1: 'ab', y1: 'c' }, 'ac', 'a', ['x', '1', 1], { x1: 'ba', y1: 'c' }],
])('%j: %s held at %s dropped at %j, then %j', (before, ids, held, [lane, stage, index], after) => {
  const map = grid(before);
  const [lead] = placed(map.journey, held);
  if (lead === undefined) throw new Error('Nothing is held.');
  moveCards(
    map.journey,
    dropped(placed(map.journey, ids), lead, { lane, stage, index }, map.shape),
  );
  expect(cells(map)).toEqual(after);
});

const FULL = { x1: 'abc', x2: 'd', y1: 'e', y2: 'fg' };
const card = (id: string, lane: string, stage: string): Spot => ({
  kind: 'card',
  card: id,
  lane,
  stage,
});

test.each<[Spot, Spot, string]>([
  [card('c', 'x', '1'), card('a', 'x', '1'), 'abc'],
  [card('b', 'x', '1'), card('b', 'x', '1'), 'b'],
  [card('c', 'x', '1'), card('d', 'x', '2'), 'abcd'],
  [card('d', 'x', '2'), card('e', 'y', '1'), 'abcdefg'],
  [{ kind: 'cell', lane: 'x', stage: '1' }, { kind: 'cell', lane: 'y', stage: '1' }, 'abce'],
  [{ kind: 'cell', lane: 'y', stage: '2' }, { kind: 'lane', lane: 'y' }, 'efg'],
  [{ kind: 'stage', stage: '2' }, { kind: 'stage', stage: '2' }, 'dfg'],
])('between %j and %j lie %s', (from, to, ids) => {
  expect(between(from, to, grid(FULL).shape).join('')).toBe(ids);
});

test('all of the cell, then of the lane, then of the map', () => {
  const { shape } = grid(FULL);
  const spot = card('f', 'y', '2');
  const seen: string[] = [];
  let selected = new Set<string>(['f']);
  for (let press = 0; press < 4; press += 1) {
    const { ids, what } = wider(selected, spot, shape);
    selected = new Set(ids);
    seen.push(`${what}: ${ids.join('')}`);
  }
  expect(seen).toEqual([
    'the cell: fg',
    'the lane: efg',
    'the whole map: abcdefg',
    'the whole map: abcdefg',
  ]);
});
