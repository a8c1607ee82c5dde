// Immutable snapshots of what the map document holds, as the view sees them.
// Made by `read.ts` only; a snapshot never changes, a changed entry gets a new one.
// Field names are those of map-format.md; an absent optional field is absent here too.
import type { LaneKind, MapKind, OpportunityStatus, SourceKind } from './kinds';

/** What every entry of a root collection has. `order` may be invalid when a foreign client wrote it. */
export interface Entry {
  readonly id: string;
  readonly order: string;
}

export interface Review {
  /** Days between reviews, 1–36,500. */
  readonly everyDays?: number;
  /** The day of the last one, YYYY-MM-DD. */
  readonly lastReviewed?: string;
  /** Who said so. A field of this client's: other readers keep it as one they do not know (MAP-4). */
  readonly by?: string;
}

export interface Meta {
  readonly title: string;
  readonly kind: MapKind;
  readonly scenario: string;
  readonly goal: string;
  readonly owner: string;
  readonly review: Review;
  readonly currentState?: string;
}

export interface Persona extends Entry {
  readonly name: string;
  readonly role: string;
  readonly quote: string;
  readonly bio: string;
  readonly primary: boolean;
  readonly goals: readonly string[];
  readonly needs: readonly string[];
  readonly frustrations: readonly string[];
}

export interface Stage extends Entry {
  readonly title: string;
  readonly description: string;
}

export interface Lane extends Entry {
  readonly title: string;
  readonly kind: LaneKind;
  readonly hidden: boolean;
}

export interface Source {
  readonly kind: SourceKind;
  readonly title: string;
  readonly url?: string;
  readonly quote?: string;
}

/** One card. Fields of all lane kinds side by side, since a card keeps them when it moves between lanes. */
export interface Card extends Entry {
  readonly lane: string;
  readonly stage: string;
  readonly text: string;
  readonly actual: string;
  readonly quote: string;
  readonly channel?: string;
  /** False only when marked as beyond the organisation's control. */
  readonly owned: boolean;
  readonly momentOfTruth: boolean;
  /** 0–3. */
  readonly gap?: number;
  /** −2…+2 in halves. */
  readonly score?: number;
  readonly persona?: string;
  /** 1–5. */
  readonly severity?: number;
  /** 1–5, for the customer. */
  readonly impact?: number;
  /** 1–5 for the business in an opportunity lane; any figure in a metric lane. */
  readonly value?: number;
  /** A metric's figure written as text ("about 11"): the format allows both (MAP-12). */
  readonly valueText?: string;
  /** 1–5. */
  readonly effort?: number;
  readonly status?: OpportunityStatus;
  readonly owner?: string;
  /** A date, YYYY-MM-DD. */
  readonly due?: string;
  readonly addresses: readonly string[];
  readonly actor?: string;
  readonly failPoint: boolean;
  readonly unit?: string;
  readonly target?: number;
  readonly targetText?: string;
  /** `evidence` also when it has a source, whatever the field says. */
  readonly confidence: 'assumption' | 'evidence';
  readonly sources: readonly Source[];
  /** `#rrggbb`. */
  readonly color?: string;
  readonly author?: string;
  /** RFC 3339. */
  readonly createdAt?: string;
  /** The day somebody last changed it after it was written, YYYY-MM-DD (MAP-38). */
  readonly lastTouched?: string;
}

/** What of a card an emotion curve is drawn from. */
export interface Feeling {
  readonly id: string;
  readonly stage: string;
  readonly score?: number | undefined;
  readonly persona?: string | undefined;
}

export interface Comment extends Entry {
  readonly card: string;
  readonly author: string;
  readonly at: string;
  readonly text: string;
  readonly resolved: boolean;
}

/** Code-unit order by `order`, then id: the order on screen everywhere. */
export function byOrder(a: Entry, b: Entry): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
