// Notices a connection that looks open and is not: when nothing is heard for a while, asks; when no
// answer comes either, says so, and at last gives the socket up. Pure: times are arguments, in
// milliseconds. From the last sign of life to `silent` takes less than two seconds on a usual line.

/** How often `check` is to be called. */
export const CHECK_EVERY = 200;
const ASK_AFTER = 600;
const LEAST_PATIENCE = 900;
const MOST_PATIENCE = 4000;
const GIVE_UP_AFTER = 5000;

export interface Silence {
  readonly heardAt: number;
  /** When the oldest unanswered question was sent. */
  readonly askedAt: number | null;
  /** Smoothed time from question to answer. */
  readonly trip: number;
}

export type Verdict = 'fine' | 'ask' | 'silent' | 'dead';

export function listen(now: number): Silence {
  return { heardAt: now, askedAt: null, trip: 100 };
}

export function asked(state: Silence, now: number): Silence {
  return state.askedAt === null ? { ...state, askedAt: now } : state;
}

/** Anything at all came in. */
export function heard(state: Silence, now: number): Silence {
  return { ...state, heardAt: now };
}

/** The answer came in. */
export function answered(state: Silence, now: number): Silence {
  const trip = state.askedAt === null ? state.trip : (state.trip * 3 + (now - state.askedAt)) / 4;
  return { heardAt: now, askedAt: null, trip };
}

export function check(state: Silence, now: number): Verdict {
  if (state.askedAt === null) return now - state.heardAt >= ASK_AFTER ? 'ask' : 'fine';
  // A line busy with other people's edits is alive, however late the answer.
  const quiet = now - Math.max(state.askedAt, state.heardAt);
  const patience = Math.min(MOST_PATIENCE, Math.max(LEAST_PATIENCE, state.trip * 4));
  if (quiet >= patience + GIVE_UP_AFTER) return 'dead';
  return quiet >= patience ? 'silent' : 'fine';
}
