import { expect, test } from 'vitest';
import { endOf, lengthOf, standOf } from './agenda-times';
import { step, underWay } from './testing/views';

const MINUTE = 60_000;

test('the length of an agenda is that of its steps, those without a limit counted apart', () => {
  expect(lengthOf([step(1), step(2, { minutes: 25 })])).toEqual({ minutes: 35, openEnded: 0 });
  const { minutes: _, ...open } = step(3);
  expect(lengthOf([step(1), open])).toEqual({ minutes: 10, openEnded: 1 });
});

test('the end is what is left of this step and all of the later ones', () => {
  const { agenda, current } = underWay({ runs: { until: 4 * MINUTE } });
  expect(endOf(agenda, current, 1 * MINUTE)).toEqual({ at: 14 * MINUTE, isAtLeast: false });
});

test('while the clock stands, or is at zero, the end moves away', () => {
  const paused = underWay({ paused: { left: 3 * MINUTE } });
  expect(endOf(paused.agenda, paused.current, 100 * MINUTE)?.at).toBe(113 * MINUTE);
  const over = underWay({ zero: {} });
  expect(endOf(over.agenda, over.current, 100 * MINUTE)?.at).toBe(110 * MINUTE);
});

test('before the beginning the whole agenda is to come', () => {
  const { agenda } = underWay({ zero: {} });
  expect(endOf(agenda, undefined, 0)?.at).toBe(30 * MINUTE);
});

test('a step without a limit makes it a guess', () => {
  const { agenda, current } = underWay({ runs: {} });
  expect(endOf(agenda, current, 0)).toEqual({ at: 10 * MINUTE, isAtLeast: true });
});

test('nothing left has no end', () => {
  expect(endOf([], undefined, 0)).toBeNull();
  const { agenda, current } = underWay({ zero: {} });
  expect(endOf(agenda.slice(0, 2), current, 0)).toBeNull();
});

test('what is before the step under way is done', () => {
  const { agenda, current } = underWay({ zero: {} });
  const stand = standOf(agenda, current);
  expect([1, 2, 3].map(stand)).toEqual(['done', 'now', 'later']);
  expect([1, 2, 3].map(standOf(agenda, undefined))).toEqual(['later', 'later', 'later']);
});
