// What one card looks like through a filter, an overlay and a search: as marks for its classes, and in words.
// Pure; a card asks it for one short string, so that it redraws only when its own look changes.
import type { Card, Comment, Persona } from '../../../model/entities';
import {
  type Age,
  type Ages,
  ageOf,
  type Filter,
  isAnothers,
  touchedOn,
} from '../../../model/filter';
import type { LaneKind } from '../../../model/kinds';
import type { Overlay } from './looking';

/** Everything a card is seen through at one moment. */
export interface Glass {
  readonly filter: Filter;
  readonly overlay: Overlay;
  /** Ids of what a search found; null while nobody searches. */
  readonly hits: ReadonlySet<string> | null;
  readonly ages: Ages;
  readonly personas: readonly Persona[];
}

/** Marks, space-separated; each is a class `m-seen--MARK`, too. */
export type Seen = string;

export function seenThrough(
  glass: Glass,
  card: Card,
  kind: LaneKind,
  thread: readonly Comment[],
): Seen {
  const marks: string[] = [];
  if (isAnothers(glass.filter, card, kind, glass.personas)) marks.push('aside', 'filtered');
  if (glass.hits !== null) marks.push(glass.hits.has(card.id) ? 'found' : 'aside');
  if (glass.overlay === 'evidence') marks.push(card.confidence);
  if (glass.overlay === 'age') {
    marks.push(`age-${ageOf(touchedOn(card, thread), glass.ages)}`);
  }
  return [...new Set(marks)].join(' ');
}

/** What a card that is seen so says of it below its text; nothing without an overlay. */
export function overlayWords(
  seen: Seen,
  card: Card,
  thread: readonly Comment[],
): string | undefined {
  const marks = seen.split(' ');
  if (marks.includes('assumption')) return 'Assumption';
  if (marks.includes('evidence')) {
    const { length } = card.sources;
    if (length === 0) return 'Evidence, no source named';
    return `Evidence, ${length} ${length === 1 ? 'source' : 'sources'}`;
  }
  if (!marks.some((mark) => mark.startsWith('age-'))) return undefined;
  const day = touchedOn(card, thread);
  return day === undefined ? 'Date not known' : `Touched ${dayInWords(day)}`;
}

/** The same for whoever does not see it, beside what a card's name says of its sources anyway. */
export function spokenWords(seen: Seen, card: Card, thread: readonly Comment[]): readonly string[] {
  const marks = seen.split(' ');
  const overlay = marks.includes('evidence')
    ? card.sources.length > 0
      ? 'evidence'
      : undefined
    : overlayWords(seen, card, thread)?.replace(/^./u, (first) => first.toLowerCase());
  return [
    ...(overlay === undefined ? [] : [overlay]),
    ...(marks.includes('filtered') ? ['set aside by your filter'] : []),
  ];
}

/** A day as people say it, always with its year: a map is looked at for years. */
export function dayInWords(day: string): string {
  return new Date(`${day}T00:00:00`).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

/** The ages in words, for the legend and for who cannot see the colours. */
export function ageWords(age: Age, { reviewed, every }: Ages): string {
  const days = every === 1 ? 'day' : `${every} days`;
  switch (age) {
    case 'since':
      return reviewed ? 'Touched since the last review' : `Touched in the last ${days}`;
    case 'before':
      return reviewed ? 'Not since the last review' : `Not in the last ${days}`;
    case 'long':
      return reviewed ? `Nor in the ${days} before it` : `Nor in the ${days} before`;
    case 'unknown':
      return 'Date not known';
  }
}
