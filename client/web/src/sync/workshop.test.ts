import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWorkshop, type WorkshopLink } from './workshop';

let sent = 0;
let channel: WorkshopLink;

beforeEach(() => {
  vi.useFakeTimers();
  sent = 0;
  channel = createWorkshop(
    () => {
      sent += 1;
    },
    () => {},
  );
  channel.opened();
  expect(sent, 'the hello').toBe(1);
});

afterEach(() => {
  channel.closed();
  vi.useRealTimers();
});

const VIEW = {
  seq: 1,
  now: 0,
  people: [],
  agenda: [],
  hands: [],
  parked: [],
  rounds: [],
  emotionRounds: [],
};
const STEP = { id: 1, title: 'Collect', mode: 'open', ready: [] };

function hears(clock: object | undefined): void {
  const current = clock && { ...STEP, clock };
  channel.receive(JSON.stringify({ shared: { ...VIEW, current } }));
}

const runs = (until: number): object => ({ runs: { until } });

test('TIME-7 the server’s time is asked for once more after a clock began, and once for each', () => {
  hears(runs(900_000));
  vi.advanceTimersByTime(1_000);
  expect(sent, 'the page is still busy with the step').toBe(1);
  // What others do meanwhile puts nothing off.
  hears(runs(900_000));
  vi.advanceTimersByTime(8_000);
  expect(sent).toBe(2);
  // The answer is no new clock.
  hears(runs(900_000));
  vi.advanceTimersByTime(60_000);
  expect(sent).toBe(2);
  hears(runs(960_000));
  vi.advanceTimersByTime(8_000);
  expect(sent, 'it was set').toBe(3);
});

test('TIME-7 without a clock that runs nothing is asked, nor by a page that was left', () => {
  for (const clock of [undefined, { paused: {} }, { zero: {} }, { runs: {} }]) hears(clock);
  vi.advanceTimersByTime(60_000);
  expect(sent).toBe(1);
  hears(runs(900_000));
  channel.closed();
  vi.advanceTimersByTime(60_000);
  expect(sent).toBe(1);
});

test('TIME-7 on a new connection it is asked again, as whatever was heard on the old one', () => {
  hears(runs(900_000));
  vi.advanceTimersByTime(8_000);
  channel.opened();
  hears(runs(900_000));
  vi.advanceTimersByTime(8_000);
  expect(sent).toBe(4);
});
