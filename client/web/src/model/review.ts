// The review cadence in calendar days: when a map was last looked at, when it is due again.
// Pure: "today" is an argument. Days are YYYY-MM-DD and mean the same day everywhere (MAP-14), so all counting is in UTC.
import type { Review } from './entities';

/** A century, as the format bounds it (MAP-12). */
export const EVERY_DAYS_MAX = 36_500;

/** Cadences worth offering: maps go stale within a quarter; more often than monthly nobody keeps up. */
export const CADENCES = [
  { days: 30, label: 'Month' },
  { days: 90, label: 'Quarter' },
  { days: 180, label: 'Half-year' },
  { days: 365, label: 'Year' },
] as const;

const DAY = 86_400_000;

function time(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  // February 30 parses in some engines; it does not come back as itself.
  return Number.isNaN(at) || dayOf(at) !== day ? undefined : at;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function isDay(day: string): boolean {
  return time(day) !== undefined;
}

/** The day it is for this person, by their own clock. */
export function today(now: Date): string {
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number | undefined {
  const [start, end] = [time(from), time(to)];
  return start === undefined || end === undefined ? undefined : Math.round((end - start) / DAY);
}

/** The day the next review is due; nothing while there is no cadence or no review yet. */
export function reviewDue(review: Review): string | undefined {
  const last = review.lastReviewed === undefined ? undefined : time(review.lastReviewed);
  if (last === undefined || review.everyDays === undefined) return undefined;
  const due = last + review.everyDays * DAY;
  return due > Date.UTC(9999, 11, 31) ? undefined : dayOf(due);
}
