// The server's clock on this machine (TIME-7): every screen shows the same time left, whatever its own clock says. Each shared view
// carries the server's time; the one that was under way for the shortest time is the nearest to the truth.
import type { Store } from '../sync/store';
import type { ClockView, Shared } from '../wire/channel';

export interface ServerClock {
  /** Milliseconds since 1970 UTC, as the server counts them. */
  now(): number;
}

/**
 * How long a view is remembered: over many round trips, so that a minute of slow network moves no screen, and not for
 * longer, so that a server whose clock was set back is followed soon. Milliseconds.
 */
const MEMORY = 60_000;

/** How far the server's clock is ahead of the local one, by one view, and when that was heard on the local one. */
interface Sample {
  readonly ahead: number;
  readonly at: number;
}

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
  // The truest first; each of the others came after it and will be the truest left when those before are forgotten.
  let samples: readonly Sample[] = [];
  let heard: Shared | null = null;
  const hear = (): void => {
    const view = shared.get();
    if (view === null || view === heard) return;
    heard = view;
    const at = local();
    const ahead = view.now - at;
    const kept = samples.filter((one) => one.ahead > ahead && one.at > at - MEMORY);
    samples = [...kept, { ahead, at }];
  };
  hear();
  shared.subscribe(hear);
  return {
    now: () => (samples[0] === undefined ? Date.now() : samples[0].ahead + local()),
  };
}

/** Milliseconds left on a step's clock at this time of the server; null for as long as it takes. */
export function timeLeft(clock: ClockView, now: number): number | null {
  if ('zero' in clock) return 0;
  if ('paused' in clock) return clock.paused.left ?? null;
  const { until } = clock.runs;
  return until === undefined ? null : Math.max(0, until - now);
}
