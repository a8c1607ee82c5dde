// The time of a history as a line to point at: its sessions end to end, each as long as it lasted, with a gap where nobody was there for a while.
// Pure; places on the line are milliseconds of it.
import type { HistoryReport, SessionReport } from '../../wire/history';

export interface Stretch {
  readonly session: SessionReport;
  /** Where on the line it begins and ends. */
  readonly from: number;
  readonly to: number;
}

export interface Axis {
  readonly stretches: readonly Stretch[];
  readonly length: number;
}

/** A session of one moment is still something to point at. */
const SHORTEST = 10_000;
/** What a gap takes of the whole. */
const GAP = 0.015;
const SHORTEST_GAP = 2000;

export function axisOf({ sessions }: Pick<HistoryReport, 'sessions'>): Axis {
  const lasting = (one: SessionReport): number => Math.max(one.ended - one.began, SHORTEST);
  const whole = sessions.reduce((sum, one) => sum + lasting(one), 0);
  // Many sessions: their gaps together take no more than a fifth.
  const share = Math.min(GAP, 0.2 / Math.max(sessions.length, 1));
  const gap = Math.max(whole * share, SHORTEST_GAP);
  let from = 0;
  const stretches = sessions.map((session, place): Stretch => {
    if (place > 0) from += gap;
    const stretch = { session, from, to: from + lasting(session) };
    from = stretch.to;
    return stretch;
  });
  return { stretches, length: Math.max(from, 1) };
}

/** Where a time lies on the line; within a gap, at its end. */
export function placeOnAxis(axis: Axis, at: number): number {
  for (const { session, from, to } of axis.stretches) {
    if (at <= session.began) return from;
    if (at <= session.ended) return Math.min(from + at - session.began, to);
  }
  return axis.stretches.at(-1)?.to ?? 0;
}

/** The time at a place of the line. */
export function timeOnAxis(axis: Axis, place: number): number {
  let last = 0;
  for (const { session, from, to } of axis.stretches) {
    if (place < from) return session.began;
    last = session.ended;
    if (place <= to) return Math.min(session.began + place - from, session.ended);
  }
  return last;
}

export function sessionAt(axis: Axis, at: number): SessionReport | undefined {
  const sessions = axis.stretches.map(({ session }) => session);
  return sessions.findLast((one) => one.began <= at) ?? sessions[0];
}

export interface Bar {
  /** Fractions of the line. */
  readonly from: number;
  readonly to: number;
  /** Changes per second of it, as a fraction of the busiest. */
  readonly height: number;
}

/** How much went on when, in so many bars; of everybody, or of these people. */
export function activityOf(axis: Axis, many: number, who: ReadonlySet<string>): readonly Bar[] {
  const counts = new Array<number>(many).fill(0);
  for (const { session, from } of axis.stretches) {
    for (const { place, by } of session.activity) {
      const records = by
        .filter((one) => who.size === 0 || who.has(one.who))
        .reduce((sum, one) => sum + one.records, 0);
      const middle = from + (place + 0.5) * session.width;
      const bar = Math.min(Math.floor((middle / axis.length) * many), many - 1);
      counts[bar] = (counts[bar] ?? 0) + records;
    }
  }
  const most = Math.max(...counts, 1);
  return counts.map((count, place) => ({
    from: place / many,
    to: (place + 1) / many,
    height: count / most,
  }));
}
