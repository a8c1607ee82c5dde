import { expect, test } from 'vitest';
import { createStore } from '../sync/store';
import type { Person, Shared } from '../wire/channel';
import { readiness, stepNow, stepsOf } from './step';
import { EMPTY, underWay } from './testing/views';

const RUNS = { runs: { until: 60_000 } };

function person(id: string, more: Partial<Person> = {}): Person {
  return { id, name: id, color: '#123456', role: 'participant', online: true, ...more };
}

test('a step says which of how many it is and what comes next', () => {
  const now = stepNow(underWay(RUNS, { title: 'Collect pains' }));
  expect([now?.step.title, now?.place, now?.of, now?.next?.title]).toEqual([
    'Collect pains',
    2,
    3,
    'Step 3',
  ]);
  expect(stepNow(EMPTY)).toBeNull();
  expect(stepNow(null)).toBeNull();
});

test('nothing is told when somebody joins, and the step stays the same object', () => {
  const shared = createStore<Shared | null>(underWay(RUNS));
  const { now } = stepsOf(shared);
  let told = 0;
  now.subscribe(() => {
    told += 1;
  });
  const before = now.get();
  shared.set({ ...underWay(RUNS), now: 5, people: [person('p1')] });
  expect(told).toBe(0);
  expect(now.get()).toBe(before);
  shared.set(underWay({ paused: { left: 1000 } }));
  expect(told).toBe(1);
  expect(stepsOf(shared).now, 'one for one connection').toBe(now);
});

test('AGENDA-6 participants who are here are waited for, and whoever is done counts', () => {
  const people = [
    person('p1'),
    person('p2'),
    person('p3', { online: false }),
    person('p4', { role: 'observer' }),
    person('p5', { role: 'facilitator' }),
  ];
  const withReady = (ready: string[]): Shared => ({ ...underWay(RUNS, {}, { ready }), people });
  expect(readiness(withReady([]))).toEqual({ done: [], of: 2 });
  expect(readiness(withReady(['p1', 'p5']))).toEqual({ done: ['p1', 'p5'], of: 3 });
  expect(readiness(withReady(['p3'])), 'done, then gone').toEqual({ done: ['p3'], of: 3 });
});
