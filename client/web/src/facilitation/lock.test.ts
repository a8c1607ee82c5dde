import { expect, test } from 'vitest';
import { focusOf, isLeftOut, lockOf, mayChange, type Place } from './lock';
import { EMPTY, underWay } from './testing/views';

const RUNS = { runs: { until: 1000 } };
const STAGES = { stages: ['s1', 's2'] };
const BOTH = { stages: ['s1'], lanes: ['l1'] };

test('without a step, or with one about the whole map, nothing is left out', () => {
  expect(focusOf(null)).toBeNull();
  expect(focusOf(EMPTY)).toBeNull();
  expect(focusOf(underWay(RUNS))).toBeNull();
  expect(focusOf(underWay(RUNS, { focus: STAGES }))).toEqual(STAGES);
  expect(isLeftOut(null, { lane: 'l9', stage: 's9' })).toBe(false);
});

test.each<[Place, boolean]>([
  [{ lane: 'l1', stage: 's1' }, false],
  [{ lane: 'l2', stage: 's1' }, true],
  [{ lane: 'l1', stage: 's2' }, true],
  [{ stage: 's1' }, false],
  [{ stage: 's2' }, true],
  [{ lane: 'l1' }, false],
  [{ lane: 'l2' }, true],
])('of a focus on one stage and one lane, %j is left out: %j', (place, leftOut) => {
  expect(isLeftOut(BOTH, place)).toBe(leftOut);
});

test('a focus on stages leaves out no lane', () => {
  expect(isLeftOut(STAGES, { lane: 'l9' })).toBe(false);
  expect(isLeftOut(STAGES, { lane: 'l9', stage: 's2' })).toBe(false);
});

test('a focus that does not lock keeps nobody from anything', () => {
  expect(lockOf(underWay(RUNS, { focus: STAGES }), 'participant')).toBeNull();
  expect(mayChange(null, { lane: 'l9', stage: 's9' })).toBe(true);
});

test.each<[Place | undefined, boolean]>([
  [{ lane: 'l1', stage: 's1' }, true],
  [{ lane: 'l2', stage: 's1' }, false],
  [{ lane: 'l1', stage: 's2' }, false],
  // The stage itself, the lane, the map's title: none of them is a card.
  [{ stage: 's1' }, false],
  [{ lane: 'l1' }, false],
  [undefined, false],
])('LOCK-3 in a step that locks, a participant may change %j: %j', (place, may) => {
  const lock = lockOf(underWay(RUNS, { focus: BOTH, lock: true }), 'participant');
  expect(mayChange(lock, place)).toBe(may);
});

test('LOCK-1 facilitators are free', () => {
  expect(lockOf(underWay(RUNS, { focus: BOTH, lock: true }), 'facilitator')).toBeNull();
  expect(lockOf(underWay({ zero: {} }, { atZero: 'lock' }), 'facilitator')).toBeNull();
});

test('LOCK-2 when its time is up, a step that says so locks the whole map', () => {
  const before = underWay(RUNS, { atZero: 'lock' });
  const after = underWay({ zero: {} }, { atZero: 'lock' });
  expect(lockOf(before, 'participant')).toBeNull();
  const lock = lockOf(after, 'participant');
  expect(lock).toEqual({ by: 'time' });
  expect(mayChange(lock, { lane: 'l1', stage: 's1' })).toBe(false);
  expect(lockOf(underWay({ zero: {} }, { atZero: 'wait' }), 'participant')).toBeNull();
});
