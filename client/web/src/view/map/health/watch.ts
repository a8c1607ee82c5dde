// The map's health as the server sees it, asked anew when the map has changed and people pause. The rules are the server's alone,
// so that the page, `cairn health` and every other program say the same. Started while the panel shows it.
import type { Journey } from '../../../model/journey';
import { today } from '../../../model/review';
import type { MapConnection } from '../../../sync/connection';
import { createStore, type Store } from '../../../sync/store';
import { mapHealth } from '../../../wire/api';
import type { Finding } from '../../../wire/health';
import { explain } from '../../words';

/** How long the map is left alone before it is looked at, and how long people who never pause wait at most. Milliseconds. */
const PAUSE = 600;
const AT_MOST = 3000;
/** After an answer that did not come. */
const AGAIN = 5000;

export interface HealthState {
  /** Null until the first answer. */
  readonly findings: readonly Finding[] | null;
  /** Why the newest state of the map could not be looked at. */
  readonly trouble: string | null;
}

export interface HealthWatch {
  readonly state: Store<HealthState>;
  stop(): void;
}

export function watchHealth(connection: MapConnection, journey: Journey): HealthWatch {
  const state = createStore<HealthState>({ findings: null, trouble: null });
  let tag: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | undefined;
  let asking = false;
  let stopped = false;

  const wait = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), milliseconds);
  };

  const changed = (): void => {
    const now = performance.now();
    waitingSince ??= now;
    wait(Math.max(0, Math.min(PAUSE, waitingSince + AT_MOST - now)));
  };

  const ask = async (): Promise<void> => {
    if (asking || stopped) return;
    asking = true;
    waitingSince = undefined;
    try {
      const answer = await mapHealth(connection.mapId, today(new Date()), tag);
      tag = answer?.tag ?? tag;
      const findings = answer?.health.findings ?? state.get().findings;
      if (!stopped) state.set({ findings, trouble: null });
    } catch (error) {
      if (!stopped) {
        state.set({ ...state.get(), trouble: explain(error) });
        wait(AGAIN);
      }
    } finally {
      asking = false;
      // What changed while the answer was under way is not in it.
      if (waitingSince !== undefined && !stopped) changed();
    }
  };

  const stopChanges = journey.changes.subscribe(changed);
  // On a slow line an edit reaches the server later than the question would.
  const stopStatus = connection.status.subscribe(() => {
    if (connection.status.get().kind === 'saved') changed();
  });
  void ask();
  return {
    state,
    stop() {
      stopped = true;
      clearTimeout(timer);
      stopChanges();
      stopStatus();
    },
  };
}
