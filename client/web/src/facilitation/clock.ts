// The server's clock on this machine (TIME-7): every screen shows the same time left, whatever its own clock says. Each shared view
// carries the server's time; the one that was under way for the shortest time is the nearest to the truth.
import type { Store } from '../sync/store';
import type { ClockView, Shared } from '../wire/channel';

export interface ServerClock {
  /** Milliseconds since 1970 UTC, as the server counts them. */
  now(): number;
}

/** How many views are compared. Few, so that a server whose clock was set is followed soon. */
const SAMPLES = 8;

const clocks = new WeakMap<Store<Shared | null>, ServerClock>();

/** The clock behind these views, one for each connection. */
export function serverClock(shared: Store<Shared | null>): ServerClock {
  const known = clocks.get(shared);
  if (known !== undefined) return known;
  const made = listen(shared);
  clocks.set(shared, made);
  return made;
}

/** `local` never runs backwards and is not set: a laptop whose clock is corrected in a workshop shows no jump. */
export function listen(
  shared: Store<Shared | null>,
  local: () => number = () => performance.now(),
): ServerClock {
  let offsets: number[] = [];
  let heard: Shared | null = null;
  const hear = (): void => {
    const view = shared.get();
    if (view === null || view === heard) return;
    heard = view;
    offsets = [...offsets.slice(1 - SAMPLES), view.now - local()];
  };
  hear();
  shared.subscribe(hear);
  return {
    now: () => (offsets.length === 0 ? Date.now() : Math.max(...offsets) + local()),
  };
}

/** Milliseconds left on a step's clock at this time of the server; null for as long as it takes. */
export function timeLeft(clock: ClockView, now: number): number | null {
  if ('zero' in clock) return 0;
  if ('paused' in clock) return clock.paused.left ?? null;
  const { until } = clock.runs;
  return until === undefined ? null : Math.max(0, until - now);
}
