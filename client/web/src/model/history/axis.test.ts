// The line of a history's time, how time passes on it, and who did what.
import { expect, test } from 'vitest';
import type { SessionReport } from '../../wire/history';
import { activityOf, axisOf, placeOnAxis, sessionAt, timeOnAxis } from './axis';
import { otherSpeed, timeAfter } from './playing';
import { contributions } from './shares';

function session(began: number, ended: number, more: Partial<SessionReport> = {}): SessionReport {
  return {
    ...{ first: 1, last: 2, began, ended, width: 1000, activity: [], shares: [], there: [] },
    ...more,
  };
}

const MINUTE = 60_000;
const TWO = axisOf({
  sessions: [session(0, 10 * MINUTE), session(600 * MINUTE, 620 * MINUTE)],
});

test('every time of a session has a place of its own and is found there again', () => {
  for (const time of [0, 5 * MINUTE, 10 * MINUTE, 600 * MINUTE, 611 * MINUTE, 620 * MINUTE]) {
    expect(timeOnAxis(TWO, placeOnAxis(TWO, time))).toBe(time);
  }
  expect(TWO.length).toBeGreaterThan(30 * MINUTE);
  expect(TWO.length).toBeLessThan(32 * MINUTE);
});

test('between sessions the line is short and leads to the next one', () => {
  expect(placeOnAxis(TWO, 300 * MINUTE)).toBe(TWO.stretches[1]?.from);
  expect(timeOnAxis(TWO, 10 * MINUTE + 1)).toBe(600 * MINUTE);
  expect(sessionAt(TWO, 300 * MINUTE)?.began).toBe(0);
  expect(timeOnAxis(TWO, TWO.length + 5)).toBe(620 * MINUTE);
});

test('the bars of activity are of everybody or of those one asks for', () => {
  const axis = axisOf({
    sessions: [
      session(0, 100_000, {
        width: 1000,
        activity: [
          { place: 0, by: [{ who: 'p1', records: 4 }] },
          {
            place: 99,
            by: [
              { who: 'p1', records: 1 },
              { who: 'p2', records: 7 },
            ],
          },
        ],
      }),
    ],
  });
  const heights = (who: readonly string[]): readonly number[] =>
    activityOf(axis, 10, new Set(who)).map(({ height }) => height);
  expect(heights([])).toEqual([0.5, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(heights(['p1'])).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0.25]);
});

test('hist_8_silence_is_skipped_but_for_a_breath_and_only_when_asked', () => {
  const passing = { speed: 10, skipsSilence: true } as const;
  expect(timeAfter(0, 100, 20_000, passing)).toBe(1000);
  expect(timeAfter(0, 100, 500_000, passing)).toBe(493_000);
  expect(timeAfter(0, 100, 500_000, { ...passing, skipsSilence: false })).toBe(1000);
  expect(timeAfter(0, 100, undefined, passing)).toBe(1000);
});

test('speeds go from one to the next and stay at both ends', () => {
  expect([otherSpeed(1, -1), otherSpeed(10, 1), otherSpeed(100, 1)]).toEqual([1, 25, 100]);
});

test('contributions add up over sessions and name who was not heard', () => {
  const people = ['p1', 'p2', 'p3'].map((id) => ({
    ...{ id, name: id, color: '#123456', role: 'participant' as const, removed: false },
  }));
  const share = (who: string, written: number, changed = 0) => ({
    ...{ who, layer: 'experience' as const, written, changed, commented: 0 },
  });
  const sessions = [
    session(0, 1, { shares: [share('p1', 2, 1), share('room', 4)], there: ['p1', 'p2'] }),
    session(2, 3, { shares: [share('p1', 1)], there: ['p1', 'p2'] }),
  ];
  const { people: found, layers, unheard } = contributions({ people }, sessions);
  expect(found.map(({ who, all }) => [who, all])).toEqual([
    ['p1', { written: 3, changed: 1, commented: 0 }],
    ['room', { written: 4, changed: 0, commented: 0 }],
  ]);
  expect(layers).toEqual(['experience']);
  expect(unheard.map(({ id }) => id)).toEqual(['p2']);
});
