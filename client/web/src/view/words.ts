// How things are called on screen, in one place.

import { daysBetween, today } from '../model/review';
import { ApiError } from '../wire/problem';
import type { MapKind, Role } from '../wire/types';

export interface KindWords {
  readonly name: string;
  readonly shows: string;
}

export const KINDS: Readonly<Record<MapKind, KindWords>> = {
  'current-state': {
    name: 'Current state',
    shows: 'How it is today: what people do, feel and run into.',
  },
  'future-state': {
    name: 'Future state',
    shows: 'The experience you want to create, beside the one you have.',
  },
  'day-in-the-life': {
    name: 'Day in the life',
    shows: 'A person’s whole day, most of it beyond your product.',
  },
  'service-blueprint': {
    name: 'Service blueprint',
    shows: 'What people see, and everything behind it that makes it work.',
  },
};

export const KIND_ORDER: readonly MapKind[] = [
  'current-state',
  'future-state',
  'day-in-the-life',
  'service-blueprint',
];

export const ROLES: Readonly<Record<Role, string>> = {
  facilitator: 'Facilitator',
  participant: 'Participant',
  observer: 'Observer',
};

export const INVITES: Readonly<Record<Role, { name: string; may: string }>> = {
  participant: { name: 'Participants', may: 'may write, move and comment' },
  observer: { name: 'Observers', may: 'may look, and change nothing' },
  facilitator: { name: 'Co-facilitators', may: 'may do everything you may' },
};

export function titleOf(title: string): string {
  return title.trim() === '' ? 'Untitled map' : title;
}

/** "just now", "12 min ago", "yesterday", "3 Oct" — for a moment given as RFC 3339. */
export function ago(moment: string, now: Date): string {
  const then = new Date(moment);
  if (Number.isNaN(then.getTime())) return '';
  const minutes = Math.round((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24 && then.getDate() === now.getDate()) return `${hours} h ago`;
  const days = Math.round((startOfDay(now) - startOfDay(then)) / 86_400_000);
  if (days <= 1) return 'yesterday';
  if (days < 7) return `${days} days ago`;
  return day(then, now);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function day(date: Date, now: Date): string {
  return date.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  });
}

/** A day (YYYY-MM-DD) in full, "16 November 2026"; what is no day is shown as it was written. */
export function fullDay(date: string): string {
  const parsed = new Date(`${date}T00:00:00`);
  if (Number.isNaN(parsed.getTime())) return date;
  return parsed.toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** What to say of a review that is due on a day: nothing until two weeks before. */
export interface ReviewState {
  readonly words: string;
  /** From the day on that it is due. */
  readonly isPressing: boolean;
}

/** `date` is a day, YYYY-MM-DD; which day it is now says the reader's clock. */
export function reviewState(date: string | null | undefined, now: Date): ReviewState | null {
  const days = date ? daysBetween(today(now), date) : undefined;
  if (days === undefined || days > 14) return null;
  return { words: reviewWords(days), isPressing: days <= 0 };
}

function reviewWords(days: number): string {
  if (days < 0) return `Review overdue by ${count(-days, 'day', 'days')}`;
  if (days === 0) return 'Review due today';
  return `Review due in ${count(days, 'day', 'days')}`;
}

/** A review that is no news yet: "review due 3 Mar". */
export function laterReview(date: string | null, now: Date): string {
  if (date === null || reviewState(date, now) !== null) return '';
  const due = new Date(`${date}T00:00:00`);
  return Number.isNaN(due.getTime()) ? '' : `review due ${day(due, now)}`;
}

/** A map that goes by itself: "Will be deleted 3 Mar unless somebody changes it". */
export function goes(deletedOn: string | null | undefined, now: Date): string | null {
  const then = new Date(deletedOn ?? '');
  if (Number.isNaN(then.getTime())) return null;
  return `Will be deleted ${day(then, now)} unless somebody changes it`;
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** What went wrong, for a person. Anything unforeseen says so rather than nothing. */
export function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return 'Something went wrong in this page. Reload it and try again.';
}

/** "16 Nov, 10:42"; with the year where it is another than this one. */
export function dayAndTime(at: number | undefined): string {
  if (at === undefined) return '';
  const then = new Date(at);
  const isThisYear = then.getFullYear() === new Date().getFullYear();
  return then.toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
