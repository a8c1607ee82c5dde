// What a person chose to see of a map, and what the map says of itself under an overlay: which lanes and cards a filter
// lets through, what a card rests on, and how long ago it was touched. Pure; called by the view's `looking/`.
// A filter is one person's way of looking: nothing here is in the document.
import { lineOf } from './emotion';
import type { Card, Comment, Persona, Review } from './entities';
import { LANE_KINDS, LANE_WORDS, type LaneKind } from './kinds';
import { today as dayOf, EVERY_DAYS_MAX, isDay } from './review';

export interface Filter {
  /** Names of the layers whose lanes show; none named means all. */
  readonly layers: readonly string[];
  /** Ids of the personas whose feelings show, beside those of nobody in particular; none means all. */
  readonly personas: readonly string[];
}

export const NO_FILTER: Filter = { layers: [], personas: [] };

/** The layers in the order of the lane kinds. */
export const LAYERS: readonly string[] = [
  ...new Set(LANE_KINDS.map((kind) => LANE_WORDS[kind].layer)),
];

export function sameFilter(a: Filter, b: Filter): boolean {
  return a.layers.join() === b.layers.join() && a.personas.join() === b.personas.join();
}

/** The filter without personas that are gone: a feeling of somebody deleted must not hide everyone else's. */
export function presentFilter(filter: Filter, personas: readonly Persona[]): Filter {
  const there = filter.personas.filter((id) => personas.some((persona) => persona.id === id));
  return there.length === filter.personas.length ? filter : { ...filter, personas: there };
}

export function isOn(filter: Filter): boolean {
  return filter.layers.length + filter.personas.length > 0;
}

export function showsLane(filter: Filter, kind: LaneKind): boolean {
  return filter.layers.length === 0 || filter.layers.includes(LANE_WORDS[kind].layer);
}

/** Whether a line of the curve shows; `persona` is '' for nobody's. */
export function showsLine(filter: Filter, persona: string): boolean {
  return filter.personas.length === 0 || persona === '' || filter.personas.includes(persona);
}

/** Whether a card belongs to a persona who was not chosen. Only feelings belong to one. */
export function isAnothers(
  filter: Filter,
  card: Card,
  kind: LaneKind,
  personas: readonly Persona[],
): boolean {
  return kind === 'emotion' && !showsLine(filter, lineOf(card, personas));
}

// Evidence

/** Of some cards, how many rest on evidence. */
export interface Share {
  readonly evidence: number;
  readonly all: number;
}

export interface EvidenceShares {
  readonly whole: Share;
  /** Layers that have a card, in their order. */
  readonly layers: readonly (Share & { readonly layer: string })[];
}

/** A share as a whole percentage. Only nothing is 0 % and only everything is 100 %. */
export function percentage({ evidence, all }: Share): number {
  if (all === 0 || evidence === 0) return 0;
  if (evidence === all) return 100;
  return Math.min(99, Math.max(1, Math.round((100 * evidence) / all)));
}

/** What the cards rest on; `kindOf` is undefined for a card that is nowhere on the map. A source makes evidence (MAP-17). */
export function evidenceShares(
  cards: readonly Card[],
  kindOf: (card: Card) => LaneKind | undefined,
): EvidenceShares {
  const counts = new Map<string, { evidence: number; all: number }>();
  const whole = { evidence: 0, all: 0 };
  for (const card of cards) {
    const kind = kindOf(card);
    if (kind === undefined) continue;
    const { layer } = LANE_WORDS[kind];
    const count = counts.get(layer) ?? { evidence: 0, all: 0 };
    counts.set(layer, count);
    for (const share of [count, whole]) {
      share.all += 1;
      if (card.confidence === 'evidence') share.evidence += 1;
    }
  }
  const layers = LAYERS.flatMap((layer) => {
    const count = counts.get(layer);
    return count === undefined ? [] : [{ layer, ...count }];
  });
  return { whole, layers };
}

// Age

/** How often a map without a cadence of its own is taken to want a look. Days. */
const CADENCE = 90;
const DAY = 86_400_000;

/**
 * `since`: touched on or after the day of the last review, or, where there was none, within one cadence of today.
 * `before`: not since then. `long`: nor in the cadence before that. `unknown`: the document holds no day of it.
 */
export const AGES = ['since', 'before', 'long', 'unknown'] as const;
export type Age = (typeof AGES)[number];

/** The days that part the ages, YYYY-MM-DD. */
export interface Ages {
  readonly reviewed: boolean;
  readonly since: string;
  readonly long: string;
  /** Days in one cadence. */
  readonly every: number;
}

/** `today` is YYYY-MM-DD. A review day that is none, or yet to come, counts as no review. */
export function agesOf(review: Review, today: string): Ages {
  const last = dayIn(review.lastReviewed);
  const every = cadence(review.everyDays);
  const reviewed = last !== undefined && last <= today;
  const since = reviewed ? last : daysBefore(today, every);
  return { reviewed, since, long: daysBefore(since, every), every };
}

function cadence(days: number | undefined): number {
  return days !== undefined && days >= 1 && days <= EVERY_DAYS_MAX ? Math.round(days) : CADENCE;
}

/** The day a card was last written, changed or spoken about, as far as the document knows. */
export function touchedOn(card: Card, thread: readonly Comment[]): string | undefined {
  let latest = dayOfEntry(card, [card.createdAt, card.lastTouched]);
  for (const comment of thread) {
    const day = dayOfEntry(comment, [comment.at]);
    if (day !== undefined && (latest === undefined || day > latest)) latest = day;
  }
  return latest;
}

// Snapshots never change, and dates are dear to read: every card of a map is asked for its day at each letter typed in one.
const days = new WeakMap<object, string | null>();

/** The latest of the days written in a snapshot. */
function dayOfEntry(entry: object, written: readonly (string | undefined)[]): string | undefined {
  const known = days.get(entry);
  if (known !== undefined) return known ?? undefined;
  const found = written.map(dayIn).filter((day) => day !== undefined);
  const latest = found.sort().at(-1);
  days.set(entry, latest ?? null);
  return latest;
}

export function ageOf(day: string | undefined, ages: Ages): Age {
  if (day === undefined) return 'unknown';
  if (day >= ages.since) return 'since';
  return day >= ages.long ? 'before' : 'long';
}

/** The day of a date or a moment as documents write them; what is neither has none. */
function dayIn(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  if (isDay(written)) return written;
  const moment = /^\d{4}-\d{2}-\d{2}T/i.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(moment) ? undefined : dayOf(new Date(moment));
}

/** Dates count in UTC, where every day has 24 hours. */
function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY).toISOString().slice(0, 10);
}
