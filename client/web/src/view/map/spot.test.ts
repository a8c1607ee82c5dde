import { expect, test } from 'vitest';
import { leap, type Shape, type Spot, settle, spotKey, step } from './spot';

const CARDS: Readonly<Record<string, readonly string[]>> = {
  'l1 s1': ['a', 'b'],
  'l1 s3': ['c'],
  'l2 s1': ['d'],
};

const shape: Shape = {
  stages: ['s1', 's2', 's3'],
  lanes: ['l1', 'l2'],
  cards: (lane, stage) => CARDS[`${lane} ${stage}`] ?? [],
  drafts: (lane, stage) => (lane === 'l1' && stage !== 's1' ? [`own ${stage}`] : []),
};

const cell = (lane: string, stage: string): Spot => ({ kind: 'cell', lane, stage });
const draft = (lane: string, stage: string): Spot => ({
  kind: 'draft',
  draft: `own ${stage}`,
  lane,
  stage,
});
const card = (id: string, lane: string, stage: string): Spot => ({
  kind: 'card',
  card: id,
  lane,
  stage,
});

test.each([
  ['right', cell('l1', 's1'), 'cell l1 s2'],
  ['left', cell('l1', 's1'), 'lane l1'],
  ['up', cell('l1', 's1'), 'stage s1'],
  ['down', cell('l2', 's1'), 'cell l2 s1'],
  ['left', { kind: 'stage', stage: 's1' } as Spot, 'corner'],
  ['down', { kind: 'corner' } as Spot, 'lane l1'],
  ['down', card('a', 'l1', 's1'), 'card b'],
  ['down', card('b', 'l1', 's1'), 'card d'],
  ['up', card('d', 'l2', 's1'), 'card b'],
  ['up', card('a', 'l1', 's1'), 'stage s1'],
  ['right', card('b', 'l1', 's1'), 'draft own s2'],
  ['left', card('c', 'l1', 's3'), 'draft own s2'],
  ['right', card('c', 'l1', 's3'), 'card c'],
  ['down', card('c', 'l1', 's3'), 'draft own s3'],
  ['up', draft('l1', 's3'), 'card c'],
  ['down', draft('l1', 's3'), 'cell l2 s3'],
  ['left', draft('l1', 's2'), 'card a'],
  ['up', cell('l2', 's2'), 'cell l1 s2'],
  ['right', card('d', 'l2', 's1'), 'cell l2 s2'],
] as const)('%s', (direction, from, to) => {
  expect(spotKey(step(from, direction, shape))).toBe(to);
});

test('Home and End go along the row, with Ctrl to the corners', () => {
  expect(spotKey(leap(cell('l2', 's2'), 'start', false, shape))).toBe('lane l2');
  expect(spotKey(leap(cell('l1', 's2'), 'end', false, shape))).toBe('cell l1 s3');
  expect(spotKey(leap(cell('l2', 's2'), 'start', true, shape))).toBe('corner');
  expect(spotKey(leap(cell('l1', 's1'), 'end', true, shape))).toBe('cell l2 s3');
});

test('who stands on something that goes stands on the nearest thing left', () => {
  const without = (part: Partial<Shape>): Shape => ({ ...shape, ...part });
  const at = (spot: Spot, now: Shape): string => spotKey(settle(spot, now, shape));
  expect(at(card('a', 'l1', 's1'), without({ cards: () => [] }))).toBe('cell l1 s1');
  expect(at(cell('l1', 's2'), without({ stages: ['s1', 's3'] }))).toBe('cell l1 s3');
  expect(at(cell('l2', 's3'), without({ stages: ['s1'], lanes: ['l1'] }))).toBe('cell l1 s1');
  expect(at({ kind: 'lane', lane: 'l2' }, without({ lanes: [] }))).toBe('corner');
  expect(at(card('b', 'l1', 's1'), shape)).toBe('card b');
  expect(at(draft('l1', 's3'), shape)).toBe('draft own s3');
  expect(at(draft('l1', 's3'), without({ drafts: () => [] }))).toBe('cell l1 s3');
});
