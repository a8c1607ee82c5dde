// TIME-7 on this side: what a screen takes for the server's time, from views that were under way for different times.
import { afterEach, expect, test, vi } from 'vitest';
import { createStore } from '../sync/store';
import type { Shared } from '../wire/channel';
import { listen, serverClock, timeLeft } from './clock';
import { EMPTY } from './testing/views';

const NOON = Date.UTC(2026, 10, 27, 12);

/** Somebody's screen: a clock of its own that began anywhere, and views as they reach it. */
function screen(behind: number): {
  readonly now: () => number;
  readonly receive: (sentAt: number, underWay: number) => void;
  readonly at: (server: number) => void;
} {
  let local = NOON - behind;
  const shared = createStore<Shared | null>(null);
  const clock = listen(shared, () => local);
  return {
    now: clock.now,
    receive(sentAt, underWay) {
      local = sentAt + underWay - behind;
      shared.set({ ...EMPTY, now: sentAt });
    },
    at(server) {
      local = server - behind;
    },
  };
}

afterEach(() => {
  vi.useRealTimers();
});

test('TIME-7 two screens whose clocks are wrong by minutes show the same seconds', () => {
  const late = screen(7 * 60_000);
  const early = screen(-11 * 60_000);
  for (const one of [late, early]) {
    one.receive(NOON, 20);
    one.at(NOON + 90_000);
  }
  expect(late.now()).toBe(early.now());
  expect(late.now()).toBe(NOON + 90_000 - 20);
  const clock = { runs: { until: NOON + 120_000 } };
  expect(timeLeft(clock, late.now())).toBe(timeLeft(clock, early.now()));
});

test('TIME-7 a view that was long under way counts less than one that came at once', () => {
  const one = screen(0);
  one.receive(NOON, 900);
  one.at(NOON + 2000);
  expect(one.now()).toBe(NOON + 1100);
  one.receive(NOON + 3000, 15);
  one.at(NOON + 4000);
  expect(one.now()).toBe(NOON + 3985);
  for (let nth = 1; nth <= 30; nth += 1) one.receive(NOON + 4000 + nth * 100, 2500);
  one.at(NOON + 10_000);
  expect(one.now(), 'thirty slow views in a row move nothing').toBe(NOON + 9985);
});

test('TIME-7 a server whose clock was set back is followed within a minute, one set forward at once', () => {
  const one = screen(0);
  one.receive(NOON, 10);
  one.receive(NOON + 5000 + 60_000, 10 - 60_000);
  one.at(NOON + 6000);
  expect(one.now()).toBe(NOON + 65_990);
  const other = screen(0);
  other.receive(NOON, 10);
  other.receive(NOON + 20_000 - 60_000, 10 + 60_000);
  other.receive(NOON + 65_000 - 60_000, 10 + 60_000);
  other.at(NOON + 70_000);
  expect(other.now()).toBe(NOON + 9990);
});

test('TIME-7 a machine that slept, its clock with it, is right again with the next view', () => {
  const one = screen(0);
  one.receive(NOON, 10);
  // Its clock stood still for ten minutes: it is that much further behind.
  one.receive(NOON + 600_000, 10 - 600_000);
  one.at(NOON + 1000);
  expect(one.now()).toBe(NOON + 600_990);
});

test('a local clock that is set in the middle changes nothing', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  const shared = createStore<Shared | null>({ ...EMPTY, now: NOON });
  const clock = serverClock(shared);
  const before = clock.now();
  vi.setSystemTime(NOON + 45 * 60_000);
  const passed = clock.now() - before;
  expect(passed, 'what went by on the clock that nobody sets').toBeLessThan(40 * 60_000);
  expect(serverClock(shared), 'one clock for one connection').toBe(clock);
});

test('what is left of a clock that runs, stands, is at zero, or takes as long as it takes', () => {
  expect(timeLeft({ runs: { until: NOON + 500 } }, NOON)).toBe(500);
  expect(timeLeft({ runs: { until: NOON - 500 } }, NOON)).toBe(0);
  expect(timeLeft({ paused: { left: 700 } }, NOON)).toBe(700);
  expect(timeLeft({ zero: {} }, NOON)).toBe(0);
  expect(timeLeft({ runs: {} }, NOON)).toBeNull();
  expect(timeLeft({ paused: {} }, NOON)).toBeNull();
});
