// The seconds left of the step under way, as every screen shows them: they change on the server's second, not on one that began when this
// page did. Nobody is told anything but a new second, and nothing runs while nobody listens.
import type { Store } from '../sync/store';
import type { Shared } from '../wire/channel';
import { type ServerClock, serverClock, timeLeft } from './clock';

/** The page, as far as it may hold timers back: in a hidden one they come late, and in a sleeping machine not at all. */
export interface Wakes {
  /** Calls `act` each time the page may have missed something; returns the way to stop. */
  onWake(act: () => void): () => void;
}

const known = new WeakMap<Store<Shared | null>, Store<number | null>>();

/** Whole seconds, rounded up: 0 when the time is up. Null while no step is under way, or it takes as long as it takes. */
export function secondsLeft(shared: Store<Shared | null>): Store<number | null> {
  const found = known.get(shared);
  if (found !== undefined) return found;
  const made = countDown(shared, serverClock(shared), browserPage);
  known.set(shared, made);
  return made;
}

export function countDown(
  shared: Store<Shared | null>,
  clock: ServerClock,
  page: Wakes,
): Store<number | null> {
  const listeners = new Set<() => void>();
  let shown: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stops: readonly (() => void)[] = [];

  const left = (): number | null => {
    const current = shared.get()?.current;
    return current === undefined ? null : timeLeft(current.clock, clock.now());
  };
  const inSeconds = (milliseconds: number | null): number | null =>
    milliseconds === null ? null : Math.ceil(milliseconds / 1000);
  const look = (): void => {
    clearTimeout(timer);
    const milliseconds = left();
    const seconds = inSeconds(milliseconds);
    const current = shared.get()?.current;
    const runs = current !== undefined && 'runs' in current.clock;
    if (runs && milliseconds !== null && seconds !== null && seconds > 0) {
      // Until the next second begins. Each timer is set by the clock anew, so that none of their delays adds up.
      timer = setTimeout(look, milliseconds - (seconds - 1) * 1000);
    }
    if (seconds === shown) return;
    shown = seconds;
    for (const listener of [...listeners]) listener();
  };

  return {
    get: () => (listeners.size === 0 ? inSeconds(left()) : shown),
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        look();
        // Every view may bring a better clock.
        stops = [shared.subscribe(look), page.onWake(look)];
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        for (const stop of stops) stop();
      };
    },
  };
}

export const browserPage: Wakes = {
  onWake(act) {
    const onChange = (): void => {
      if (!document.hidden) act();
    };
    document.addEventListener('visibilitychange', onChange);
    // A page that comes back from the browser's memory of pages.
    window.addEventListener('pageshow', act);
    return () => {
      document.removeEventListener('visibilitychange', onChange);
      window.removeEventListener('pageshow', act);
    };
  },
};
