// What a map's opportunities are worth: their score and rank, what they address, and the orders and groups people look at
// them in. Called by the opportunities screen and by whatever reports on a map. Pure: it reads snapshots, never the document.
// The formula and its reasons are explained to users in docs/opportunities.md; keep the two together.
import type { Card, Lane, Stage } from './entities';
import { OPPORTUNITY_STATUSES, type OpportunityStatus } from './kinds';
import type { Place } from './outcome';

export const RATINGS = ['impact', 'value', 'effort'] as const;
export type Rating = (typeof RATINGS)[number];

export const RATING_LABEL: Record<Rating, string> = {
  impact: 'Impact',
  value: 'Value',
  effort: 'Effort',
};

/** What the three ratings ask, as the details panel words it. */
export const RATING_QUESTION: Record<Rating, string> = {
  impact: 'Impact for the customer',
  value: 'Value for the business',
  effort: 'Effort',
};

export const RATING_LOW = 1;
export const RATING_HIGH = 5;

/** A pain or expectation that an opportunity answers. */
export interface Addressed {
  readonly card: Card;
  readonly kind: 'pain' | 'expectation';
}

export interface Opportunity {
  readonly id: string;
  readonly card: Card;
  readonly stage: Stage;
  readonly lane: Lane;
  readonly addresses: readonly Addressed[];
  /** Sum of the severities of the pains it addresses; absent when none of them is rated. */
  readonly severity?: number;
  /** How many of the pains it addresses have no severity yet. */
  readonly unratedPains: number;
  /** Sum of the gaps of the expectations it addresses. */
  readonly gaps: number;
  /** `(impact + value) / effort`, 0.4…10; absent while one of the three is missing. */
  readonly score?: number;
  readonly missing: readonly Rating[];
  /** Its place by votes; absent while there was none, or no dot on it. */
  readonly vote?: Place;
}

/** A place among those still to be decided on; equal scores share it. */
export interface Rank {
  readonly place: number;
  readonly tied: boolean;
}

export interface Ranked {
  readonly opportunity: Opportunity;
  readonly rank: Rank;
}

/** A rating as the scale allows it: `value` may be any figure in the document, since figures use the same field. */
export function ratingOf(card: Card, rating: Rating): number | undefined {
  const found = card[rating];
  if (found === undefined || !Number.isInteger(found)) return undefined;
  return found >= RATING_LOW && found <= RATING_HIGH ? found : undefined;
}

export function scoreOf(card: Card): number | undefined {
  const [impact, value, effort] = RATINGS.map((rating) => ratingOf(card, rating));
  if (impact === undefined || value === undefined || effort === undefined) return undefined;
  // Quotients of these few whole numbers that are equal are equal as floats, too: ties need no tolerance.
  return (impact + value) / effort;
}

/** A score as shown: two decimals at most, so that what differs looks different. */
export function scoreWords(score: number): string {
  return String(Math.round(score * 100) / 100);
}

export function opportunityOf(
  card: Card,
  stage: Stage,
  lane: Lane,
  addresses: readonly Addressed[],
): Opportunity {
  const pains = addresses.filter(({ kind }) => kind === 'pain');
  const severities = pains
    .map(({ card: pain }) => pain.severity)
    .filter((severity) => severity !== undefined);
  const score = scoreOf(card);
  return {
    id: card.id,
    card,
    stage,
    lane,
    addresses,
    ...(severities.length === 0 ? {} : { severity: sum(severities) }),
    unratedPains: pains.length - severities.length,
    gaps: sum(
      addresses.map(({ card: other, kind }) => (kind === 'expectation' ? (other.gap ?? 0) : 0)),
    ),
    ...(score === undefined ? {} : { score }),
    missing: RATINGS.filter((rating) => ratingOf(card, rating) === undefined),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Done or dropped: nothing is left to decide, so it takes no place in the ranking. */
export function isClosed({ card }: Opportunity): boolean {
  return card.status === 'done' || card.status === 'dropped';
}

/** Past its due date and still open. `today` is YYYY-MM-DD. */
export function isOverdue(opportunity: Opportunity, today: string): boolean {
  const { due } = opportunity.card;
  return due !== undefined && due < today && !isClosed(opportunity);
}

/**
 * The open opportunities that have all three ratings, best score first. Equal scores share a place ("1, 2, 2, 4") and
 * stand in the order they were given in, which is map order.
 */
export function ranking(opportunities: readonly Opportunity[]): readonly Ranked[] {
  const scored = opportunities
    .filter((one) => !isClosed(one) && one.score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const places = new Map<number | undefined, { first: number; count: number }>();
  scored.forEach(({ score }, index) => {
    const known = places.get(score);
    if (known === undefined) places.set(score, { first: index + 1, count: 1 });
    else known.count += 1;
  });
  return scored.map((opportunity) => {
    const { first, count } = places.get(opportunity.score) ?? { first: 1, count: 1 };
    return { opportunity, rank: { place: first, tied: count > 1 } };
  });
}

export function ranksOf(opportunities: readonly Opportunity[]): ReadonlyMap<string, Rank> {
  return new Map(ranking(opportunities).map(({ opportunity, rank }) => [opportunity.id, rank]));
}

/** A rank as shown: a shared place carries an equals sign. */
export function rankWords({ place, tied }: Rank): string {
  return tied ? `${place}=` : String(place);
}

// Orders

interface Order {
  readonly label: string;
  /** Which way people want it first: 3 before 1, or A before Z. */
  readonly first: 'high' | 'low';
  readonly compare: (a: Opportunity, b: Opportunity) => number;
  /** What has no value to sort by comes last, whichever way the rest is sorted. */
  readonly has: (one: Opportunity) => boolean;
}

function byNumber(
  label: string,
  first: 'high' | 'low',
  read: (one: Opportunity) => number | undefined,
): Order {
  return {
    label,
    first,
    compare: (a, b) => (read(a) ?? 0) - (read(b) ?? 0),
    has: (one) => read(one) !== undefined,
  };
}

function byText(label: string, read: (one: Opportunity) => string | undefined): Order {
  return {
    label,
    first: 'low',
    compare: (a, b) => (read(a) ?? '').localeCompare(read(b) ?? ''),
    has: (one) => (read(one) ?? '').trim() !== '',
  };
}

const severityOrder = byNumber('Pain severity', 'high', ({ severity }) => severity);

/** Every order there is; a column that can be sorted by has its line here and nowhere else. */
export const ORDERS = {
  score: byNumber('Score', 'high', ({ score }) => score),
  // By the place: it is by dots, and a run-off has settled what was tied.
  votes: byNumber('Votes', 'high', ({ vote }) => vote && -vote.rank),
  severity: {
    ...severityOrder,
    // Gaps are rated on another scale, so they break ties between severities and are not added to them.
    compare: (a, b) => severityOrder.compare(a, b) || a.gaps - b.gaps,
  },
  impact: byNumber('Impact', 'high', ({ card }) => ratingOf(card, 'impact')),
  value: byNumber('Value', 'high', ({ card }) => ratingOf(card, 'value')),
  effort: byNumber('Effort', 'low', ({ card }) => ratingOf(card, 'effort')),
  status: byNumber('Status', 'low', ({ card }) =>
    card.status === undefined ? undefined : OPPORTUNITY_STATUSES.indexOf(card.status),
  ),
  owner: byText('Owner', ({ card }) => card.owner),
  due: byText('Due date', ({ card }) => card.due),
  text: byText('Opportunity', ({ card }) => card.text),
} as const satisfies Record<string, Order>;
export type OrderBy = keyof typeof ORDERS;

export interface Sorting {
  readonly by: OrderBy;
  /** True for the other way round than people want it first. */
  readonly reversed: boolean;
}

/** Sorted; equal ones stay in the order they were given in, which is map order, whichever way it goes. */
export function sorted(
  opportunities: readonly Opportunity[],
  { by, reversed }: Sorting,
): readonly Opportunity[] {
  const order: Order = ORDERS[by];
  const sign = (order.first === 'high') !== reversed ? -1 : 1;
  const [known, unknown] = split(opportunities, order.has);
  return [...known.sort((a, b) => sign * order.compare(a, b)), ...unknown];
}

function split<T>(items: readonly T[], holds: (item: T) => boolean): [T[], T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

// Filters

export interface Filter {
  /** Statuses, stage ids and owners to show; an empty list shows all. `''` stands for "none". */
  readonly statuses: readonly (OpportunityStatus | '')[];
  readonly stages: readonly string[];
  readonly owners: readonly string[];
}

export const SHOW_ALL: Filter = { statuses: [], stages: [], owners: [] };

export function passes({ card }: Opportunity, { statuses, stages, owners }: Filter): boolean {
  return (
    (statuses.length === 0 || statuses.includes(card.status ?? '')) &&
    (stages.length === 0 || stages.includes(card.stage)) &&
    (owners.length === 0 || owners.includes(card.owner ?? ''))
  );
}

export function isFiltering({ statuses, stages, owners }: Filter): boolean {
  return statuses.length + stages.length + owners.length > 0;
}

/** Who owns one, each once, in alphabetical order. */
export function ownersOf(opportunities: readonly Opportunity[]): readonly string[] {
  const owners = opportunities.map(({ card }) => card.owner).filter((name) => name !== undefined);
  return [...new Set(owners)].sort((a, b) => a.localeCompare(b));
}

// Groups

export type GroupBy = 'rank' | 'status';

/** A part of the list under a heading of its own. */
export interface Group {
  readonly key: GroupKey;
  readonly ids: readonly string[];
}
export type GroupKey =
  | 'ranked'
  | 'unranked'
  | 'open'
  | 'closed'
  | `status-${OpportunityStatus | ''}`;

/**
 * The list as it is shown. By rank: what is open, then what is done or dropped; sorted by score, what cannot be ranked yet
 * is apart, since a place at its end would look like a verdict. By status: one group each, empty ones too, for dropping into.
 */
export function grouped(
  opportunities: readonly Opportunity[],
  by: GroupBy,
  sorting: Sorting,
): readonly Group[] {
  const ids = (holds: (one: Opportunity) => boolean): readonly string[] =>
    sorted(opportunities.filter(holds), sorting).map(({ id }) => id);
  if (by === 'status') {
    const groups = [...OPPORTUNITY_STATUSES, '' as const].map((status) => ({
      key: `status-${status}` as const,
      ids: ids(({ card }) => (card.status ?? '') === status),
    }));
    return groups.filter((group) => group.key !== 'status-' || group.ids.length > 0);
  }
  const groups: Group[] =
    sorting.by === 'score'
      ? [
          { key: 'ranked', ids: ids((one) => !isClosed(one) && one.score !== undefined) },
          { key: 'unranked', ids: ids((one) => !isClosed(one) && one.score === undefined) },
        ]
      : [{ key: 'open', ids: ids((one) => !isClosed(one)) }];
  groups.push({ key: 'closed', ids: ids(isClosed) });
  return groups.filter((group) => group.ids.length > 0);
}

/**
 * What is shown while somebody has a hand on the list: every row stays where it was, those that are gone leave, new ones
 * come at the end of the group they belong to. `shown` is what was on screen, `wanted` what a fresh sort gives.
 */
export function heldInPlace(
  shown: readonly Group[],
  wanted: readonly Group[],
  exists: (id: string) => boolean,
): readonly Group[] {
  const known = new Set(shown.flatMap(({ ids }) => ids));
  const groups = shown.map((group) => {
    const fresh = wanted.find(({ key }) => key === group.key)?.ids.filter((id) => !known.has(id));
    return { key: group.key, ids: [...group.ids.filter(exists), ...(fresh ?? [])] };
  });
  const more = wanted
    .filter(({ key }) => !shown.some((group) => group.key === key))
    .map(({ key, ids }) => ({ key, ids: ids.filter((id) => !known.has(id)) }))
    .filter(({ ids }) => ids.length > 0);
  return [...groups, ...more];
}

export function sameGroups(a: readonly Group[], b: readonly Group[]): boolean {
  return (
    a.length === b.length &&
    a.every((group, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        group.key === other.key &&
        group.ids.length === other.ids.length &&
        group.ids.every((id, place) => id === other.ids[place])
      );
    })
  );
}

// The matrix

export type Quadrant = 'quick-wins' | 'big-bets' | 'fill-ins' | 'think-twice';

export const QUADRANT_LABEL: Record<Quadrant, string> = {
  'quick-wins': 'Quick wins',
  'big-bets': 'Big bets',
  'fill-ins': 'Fill-ins',
  'think-twice': 'Think twice',
};

/** The quadrant of a cell; a 3 either way lies between two and belongs to neither. */
export function quadrantOf(impact: number, effort: number): Quadrant | undefined {
  const middle = (RATING_LOW + RATING_HIGH) / 2;
  if (impact === middle || effort === middle) return undefined;
  if (impact > middle) return effort < middle ? 'quick-wins' : 'big-bets';
  return effort < middle ? 'fill-ins' : 'think-twice';
}

/** Where an opportunity lies in the matrix, or nothing while impact or effort is missing. */
export function spotInMatrix(
  card: Card,
): { readonly impact: number; readonly effort: number } | undefined {
  const impact = ratingOf(card, 'impact');
  const effort = ratingOf(card, 'effort');
  return impact === undefined || effort === undefined ? undefined : { impact, effort };
}

export function boundedRating(value: number): number {
  return Math.min(RATING_HIGH, Math.max(RATING_LOW, value));
}
