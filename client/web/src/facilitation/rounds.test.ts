// Rounds keep their identity while nothing of them changes, and only then.
import { expect, test } from 'vitest';
import type { RoundView } from '../wire/channel';
import { keepSame } from './rounds';

function round(id: number, change: Partial<RoundView> = {}): RoundView {
  return {
    id,
    state: 'open',
    opened: 1,
    setup: {
      question: 'What first?',
      targets: {},
      dots: 3,
      mostPerCard: 2,
      visibility: 'live',
      anonymous: false,
    },
    targets: [{ card: 'a', text: 'A', withdrawn: false }],
    result: [{ card: 'a', dots: 1, voters: 1, rank: 1 }],
    ...change,
  };
}

test('a view that says the same again changes nothing', () => {
  const before = [round(1, { state: 'closed', ended: 9, voters: 1 }), round(2)];
  expect(keepSame(before, structuredClone(before))).toBe(before);
});

test.each<[string, Partial<RoundView>]>([
  ['it ended', { state: 'closed', ended: 9 }],
  ['it was opened again', { opened: 5 }],
  ['its end was set', { until: 7 }],
  ['a target was withdrawn', { targets: [{ card: 'a', text: 'A', withdrawn: true }] }],
  ['a dot came', { result: [{ card: 'a', dots: 2, voters: 1, rank: 1 }] }],
  ['the dots are on another card', { result: [{ card: 'b', dots: 1, voters: 1, rank: 1 }] }],
])('%s: it is another, and the one beside it is not', (_, change) => {
  const before = [round(1), round(2)];
  const after = [round(1), round(2, change)];
  const kept = keepSame(before, after);
  expect(kept[0]).toBe(before[0]);
  expect(kept[1]).toBe(after[1]);
});

test('a new round and one no longer told of', () => {
  const before = [round(1)];
  expect(keepSame(before, [round(1), round(2)])[0]).toBe(before[0]);
  expect(keepSame(before, [])).toEqual([]);
});
