// The seconds of a step, on a clock of the test's own: what is shown when, and that no timer is trusted.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from '../sync/store';
import type { Shared } from '../wire/channel';
import { listen } from './clock';
import { countDown } from './seconds';
import { EMPTY, underWay } from './testing/views';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function watch(first: Shared) {
  const shared = createStore<Shared | null>(first);
  let wake = (): void => undefined;
  let local = 0;
  const clock = listen(shared, () => local + Date.now());
  const seconds = countDown(shared, clock, {
    onWake: (act) => {
      wake = act;
      return () => {
        wake = () => undefined;
      };
    },
  });
  const shown: (number | null)[] = [];
  const stop = seconds.subscribe(() => shown.push(seconds.get()));
  return {
    shared,
    seconds,
    shown,
    stop,
    wake: () => wake(),
    /** Time goes by and the page runs no timer. */
    sleep(milliseconds: number) {
      local += milliseconds;
    },
  };
}

test('seconds change with the server’s second, wherever in it one came', () => {
  const one = watch({ ...underWay({ runs: { until: 10_000 } }), now: 6_300 });
  expect(one.seconds.get()).toBe(4);
  vi.advanceTimersByTime(699);
  expect(one.seconds.get()).toBe(4);
  vi.advanceTimersByTime(1);
  expect(one.seconds.get()).toBe(3);
  vi.advanceTimersByTime(3000);
  expect(one.shown).toEqual([4, 3, 2, 1, 0]);
  vi.advanceTimersByTime(60_000);
  expect(one.shown, 'nothing runs on at zero').toEqual([4, 3, 2, 1, 0]);
  expect(vi.getTimerCount()).toBe(0);
});

test('timers that come late are made good, not added up', () => {
  const one = watch({ ...underWay({ runs: { until: 60_000 } }), now: 0 });
  for (let nth = 0; nth < 10; nth += 1) {
    one.sleep(90);
    vi.advanceTimersByTime(1000);
  }
  expect(one.seconds.get()).toBe(Math.ceil((60_000 - 10 * 1090) / 1000));
});

test('a page that was hidden shows the right time as soon as it is back', () => {
  const one = watch({ ...underWay({ runs: { until: 600_000 } }), now: 0 });
  expect(one.seconds.get()).toBe(600);
  one.sleep(240_000);
  expect(one.seconds.get(), 'no timer ran').toBe(600);
  one.wake();
  expect(one.seconds.get()).toBe(360);
});

test('a machine that slept is right again with the next view, though nothing of the step changed', () => {
  const clock = { runs: { until: 600_000 } };
  const one = watch({ ...underWay(clock), now: 0 });
  one.shared.set({ ...underWay(clock), now: 200_000 });
  expect(one.seconds.get()).toBe(400);
});

test('paused stands still, an extension shows at once, no limit shows none', () => {
  const one = watch({ ...underWay({ runs: { until: 10_000 } }), now: 0 });
  one.shared.set({ ...underWay({ paused: { left: 9_400 } }), now: 600 });
  vi.advanceTimersByTime(30_000);
  expect(one.seconds.get()).toBe(10);
  one.shared.set({ ...underWay({ runs: { until: 69_400 } }), now: 30_600 });
  expect(one.seconds.get()).toBe(39);
  one.shared.set({ ...underWay({ runs: {} }), now: 31_000 });
  expect(one.seconds.get()).toBeNull();
  one.shared.set({ ...EMPTY, now: 32_000 });
  expect(one.seconds.get()).toBeNull();
});

test('nothing runs while nobody looks', () => {
  const one = watch({ ...underWay({ runs: { until: 10_000 } }), now: 0 });
  expect(vi.getTimerCount()).toBe(1);
  one.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(4000);
  expect(one.seconds.get()).toBe(6);
});
