import { expect, test } from 'vitest';
import type { AgendaStep, ClockView, Shared } from '../wire/channel';
import { clockFace, type Look, momentBetween, spokenTime } from './moments';
import { stepNow } from './step';
import { EMPTY, underWay } from './testing/views';

const until = (seconds: number): ClockView => ({ runs: { until: seconds * 1000 } });

function look(clock: ClockView, seconds: number | null, more: Partial<AgendaStep> = {}): Look {
  return { now: stepNow(underWay(clock, { title: 'Collect pains', ...more })), seconds };
}
const nothing: Look = { now: null, seconds: null };

test('ACCESS-7 a step that begins says its title and its minutes', () => {
  expect(momentBetween(nothing, look(until(600), 600))).toBe(
    'Step 2 of 3: Collect pains. 10 minutes.',
  );
  expect(momentBetween(undefined, look({ runs: {} }, null)), 'to somebody who comes late').toBe(
    'Step 2 of 3: Collect pains. No time limit.',
  );
  expect(momentBetween(undefined, nothing)).toBeUndefined();
});

test('the next step says so, and the end of the last', () => {
  const first: Shared = {
    ...underWay(until(60)),
    current: { id: 1, began: 0, clock: until(5), ready: [] },
  };
  const before = { now: stepNow(first), seconds: 5 };
  expect(momentBetween(before, look(until(600), 600))).toContain('Step 2 of 3');
  expect(momentBetween(look(until(600), 3), { now: stepNow(EMPTY), seconds: null })).toBe(
    'The step is over. No other one has begun.',
  );
});

/** Everything said while the seconds run down from one number to another. */
function saidFrom(from: number, to: number, minutes: number): readonly string[] {
  const said: string[] = [];
  for (let seconds = from; seconds > to; seconds -= 1) {
    const words = momentBetween(
      look(until(600), seconds, { minutes }),
      look(until(600), seconds - 1, { minutes }),
    );
    if (words !== undefined) said.push(words);
  }
  return said;
}

test('ACCESS-7 a long step says five minutes and one, a short one only the last', () => {
  expect(saidFrom(1200, 0, 20)).toEqual(['5 minutes left.', '1 minute left.']);
  expect(saidFrom(600, 0, 10)).toEqual(['1 minute left.']);
  expect(saidFrom(30, 0, 1)).toEqual([]);
});

test('somebody who comes back to the page late hears what is left now, once', () => {
  const words = momentBetween(
    look(until(600), 900, { minutes: 20 }),
    look(until(600), 48, { minutes: 20 }),
  );
  expect(words).toBe('48 seconds left.');
});

test('ACCESS-7 time that is up says what that means', () => {
  const up = (atZero: AgendaStep['atZero']): string | undefined =>
    momentBetween(look(until(600), 1, { atZero }), look({ zero: {} }, 0, { atZero }));
  expect(up('wait')).toBe('Time is up. The facilitator goes on from here.');
  expect(up('lock')).toBe('Time is up. The map is locked until the facilitator goes on.');
});

test('ACCESS-7 a pause, its end, more and less time are said', () => {
  const paused = look({ paused: { left: 300_000 } }, 300);
  expect(momentBetween(look(until(600), 300), paused)).toBe('Paused. 5 minutes left.');
  expect(momentBetween(paused, look(until(900), 300))).toBe('The time runs again. 5 minutes left.');
  expect(momentBetween(paused, look({ paused: { left: 360_000 } }, 360))).toBe(
    '1 minute more: 6 minutes left.',
  );
  expect(momentBetween(look(until(600), 90), look(until(540), 30))).toBe(
    '1 minute less: 30 seconds left.',
  );
  expect(momentBetween(look({ zero: {} }, 0), look(until(900), 60))).toBe(
    'More time: 1 minute left.',
  );
});

test('new words for the same step say nothing', () => {
  expect(
    momentBetween(look(until(600), 300), look(until(600), 300, { title: 'Collect more' })),
  ).toBeUndefined();
});

test.each([
  [0, '00:00', '0 seconds'],
  [5, '00:05', '5 seconds'],
  [60, '01:00', '1 minute'],
  [754, '12:34', '12 minutes 34 seconds'],
  [3600, '1:00:00', '1 hour'],
  [3845, '1:04:05', '1 hour 4 minutes 5 seconds'],
])('%i seconds are %s and “%s”', (seconds, face, spoken) => {
  expect([clockFace(seconds), spokenTime(seconds)]).toEqual([face, spoken]);
});
