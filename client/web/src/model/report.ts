// What a report says of a map: its curve, its worst moments, what could be done, and what all of it rests on.
// Pure; called by the report, the presentation's last slide and `markdown.ts`. Everything is read off the map as it is now, but for
// what changed since the last review: only the history knows that, and without it the report says what the map can and no more.
import type { RoundView } from '../wire/channel';
import type { Comparison } from '../wire/compare';
import type { MapContent } from './content';
import { type EmotionLine, emotionLines } from './emotion';
import type { Card, Comment, Persona } from './entities';
import { percentage } from './filter';
import { LANE_WORDS, type LaneKind, type MapKind } from './kinds';
import { isClosed, type Opportunity, type Rank, ranking } from './opportunities';
import type { Place } from './outcome';
import { type VoteReport, voteReport } from './report-votes';
import { votesInSight, withVotes } from './votes';

export interface Report {
  readonly title: string;
  readonly kind: MapKind;
  readonly scenario: string;
  readonly goal: string;
  readonly owner: string;
  /** The primary persona, or the first. */
  readonly persona: Persona | undefined;
  readonly otherPersonas: readonly Persona[];
  readonly stages: readonly ReportStage[];
  readonly lines: readonly EmotionLine[];
  /** The stages where somebody feels worst, the worst first. */
  readonly moments: readonly Moment[];
  readonly pains: readonly PainLine[];
  readonly gaps: readonly Placed[];
  readonly truths: readonly TruthLine[];
  readonly moreTruths: number;
  readonly opportunities: readonly OpportunityLine[];
  /** Open ones that did not fit into `opportunities`. */
  readonly moreOpportunities: number;
  readonly doneOpportunities: number;
  readonly droppedOpportunities: number;
  readonly evidence: Evidence;
  /** What matters most and nobody has checked yet. */
  readonly assumptions: readonly AssumptionLine[];
  readonly review: ReviewState;
  readonly hiddenLanes: number;
  /** What people voted for; nothing before a first round is closed. */
  readonly vote: VoteReport | undefined;
  /** What cards show of it: nothing while another round is open. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface ReportStage {
  readonly id: string;
  readonly title: string;
  /** Mean of all feelings in it. */
  readonly mean: number | undefined;
}

/** A card and where it lies. */
export interface Placed {
  readonly card: Card;
  readonly stage: ReportStage;
}

export interface Moment {
  readonly stage: ReportStage;
  /** The lowest feeling there. */
  readonly feeling: Card;
  readonly score: number;
  readonly who: string | undefined;
  readonly pain: Card | undefined;
  /** The widest gap between expectation and what happens. */
  readonly gap: Card | undefined;
}

export interface PainLine extends Placed {
  /** Whether an opportunity that was not dropped takes it on. */
  readonly isAddressed: boolean;
}

export interface TruthLine extends Placed {
  readonly feeling: number | undefined;
}

export interface OpportunityLine {
  readonly opportunity: Opportunity;
  /** Nothing while a rating is missing. */
  readonly rank: Rank | undefined;
}

export interface Share {
  readonly cards: number;
  readonly evidence: number;
}

export interface Evidence extends Share {
  readonly layers: readonly (Share & { readonly layer: string })[];
  readonly sources: number;
}

export interface AssumptionLine extends Placed {
  readonly kind: LaneKind;
  readonly because: string;
}

export interface ReviewState {
  readonly last: string | undefined;
  /** The day the next one is due, where a cadence is set. */
  readonly due: string | undefined;
  readonly isOverdue: boolean;
  /** What is known to have come after the last review. */
  readonly since: Since | undefined;
}

export interface Since {
  /** What differs from the map as it was reviewed; nothing where the history could not be asked. */
  readonly changes: Comparison | undefined;
  /** Written after the day of the review, as cards and comments say themselves. */
  readonly cards: number;
  /** Cards that do not say when they were written. */
  readonly undated: number;
  readonly comments: number;
}

const MOMENTS = 3;
const PAINS = 5;
const GAPS = 3;
const TRUTHS = 5;
const OPPORTUNITIES = 5;
const ASSUMPTIONS = 5;

/** `today` is a day, YYYY-MM-DD, where the reader is; `changes` are those since the last review. */
export function reportOf(
  map: MapContent,
  today: string,
  rounds: readonly RoundView[] = [],
  changes?: Comparison,
): Report {
  const { meta, personas } = map;
  const votes = votesInSight(rounds);
  const kinds = new Map(map.lanes.map((lane) => [lane.id, lane.kind]));
  const kindOf = (card: Card): LaneKind => kinds.get(card.lane) ?? 'note';
  const of = (kind: LaneKind): readonly Card[] => map.cards.filter((card) => kindOf(card) === kind);
  const feelings = of('emotion');
  const stages = map.stages.map(({ id, title }) => ({
    id,
    title,
    mean: mean(feelings.filter((card) => card.stage === id)),
  }));
  const place = placer(stages);
  const persona = personas.find((one) => one.primary) ?? personas[0];
  const open = openOnes(withVotes(map.opportunities, votes));
  const top = open.slice(0, OPPORTUNITIES);
  const withStatus = (status: string): number =>
    map.opportunities.filter(({ card }) => card.status === status).length;
  const moments = momentsOf(stages, feelings, of('pain'), of('expectation'), personas);
  const pains = painsOf(of('pain'), map.opportunities, place);
  const gaps = gapsOf(of('expectation'), place);
  const allTruths = of('touchpoint')
    .filter((card) => card.momentOfTruth)
    .flatMap(place)
    .map((line) => ({ ...line, feeling: line.stage.mean }));
  const truths = worstTruths(allTruths);
  return {
    title: meta.title,
    kind: meta.kind,
    scenario: meta.scenario.trim(),
    goal: meta.goal.trim(),
    owner: meta.owner.trim(),
    persona,
    otherPersonas: personas.filter((one) => one !== persona),
    stages,
    lines: emotionLines(
      feelings,
      stages.map(({ id }) => id),
      personas,
    ),
    moments,
    pains,
    gaps,
    truths,
    moreTruths: allTruths.length - truths.length,
    opportunities: top,
    moreOpportunities: open.length - top.length,
    doneOpportunities: withStatus('done'),
    droppedOpportunities: withStatus('dropped'),
    evidence: evidenceOf(map.cards, kindOf),
    assumptions: [
      ...moments.map(({ feeling }) => [feeling, 'a low point of the curve'] as const),
      ...top.map(
        ({ opportunity }) => [opportunity.card, 'one of the first opportunities'] as const,
      ),
      ...pains.map(({ card }) => [card, 'one of the worst pains'] as const),
      ...gaps.map(({ card }) => [card, 'one of the widest gaps'] as const),
      ...truths.map(({ card }) => [card, 'a moment of truth'] as const),
    ]
      .filter(([card]) => card.confidence === 'assumption')
      .slice(0, ASSUMPTIONS)
      .flatMap(([card, because]) =>
        place(card).map((line) => ({ ...line, kind: kindOf(card), because })),
      ),
    review: reviewOf(map, today, changes),
    hiddenLanes: map.hiddenLanes,
    vote: voteReport(map, rounds),
    places: votes?.byCard ?? new Map(),
  };
}

/** Ranked ones first, then those that lack a rating, in map order. */
function openOnes(opportunities: readonly Opportunity[]): readonly OpportunityLine[] {
  const ranked = ranking(opportunities);
  const known = new Set(ranked.map(({ opportunity }) => opportunity));
  const unranked = opportunities.filter((one) => !isClosed(one) && !known.has(one));
  return [...ranked, ...unranked.map((opportunity) => ({ opportunity, rank: undefined }))];
}

/** Puts a card beside its stage; a list, so that one without a stage falls out. */
function placer(stages: readonly ReportStage[]): (card: Card) => readonly Placed[] {
  const known = new Map(stages.map((stage) => [stage.id, stage]));
  return (card) => {
    const stage = known.get(card.stage);
    return stage === undefined ? [] : [{ card, stage }];
  };
}

function mean(feelings: readonly Card[]): number | undefined {
  const scores = feelings.flatMap(({ score }) => (score === undefined ? [] : [score]));
  if (scores.length === 0) return undefined;
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/**
 * One a stage: its lowest feeling, with the worst pain and the widest gap beside it. Only stages below neutral count; where
 * nobody feels bad anywhere, the lowest stage alone is told.
 */
function momentsOf(
  stages: readonly ReportStage[],
  feelings: readonly Card[],
  pains: readonly Card[],
  expectations: readonly Card[],
  personas: readonly Persona[],
): readonly Moment[] {
  const all = stages.flatMap((stage) => {
    const here = (cards: readonly Card[]): readonly Card[] =>
      cards.filter((card) => card.stage === stage.id);
    const feeling = first(
      here(feelings).filter((card) => card.score !== undefined),
      (card) => -(card.score ?? 0),
    );
    if (feeling?.score === undefined) return [];
    return [
      {
        stage,
        feeling,
        score: feeling.score,
        who: personas.find(({ id }) => id === feeling.persona)?.name,
        pain: first(here(pains), (card) => card.severity ?? 0),
        gap: first(
          here(expectations).filter((card) => card.actual !== '' && (card.gap ?? 0) > 0),
          (card) => card.gap ?? 0,
        ),
      },
    ];
  });
  const sorted = all.toSorted(
    (a, b) => a.score - b.score || (b.pain?.severity ?? 0) - (a.pain?.severity ?? 0),
  );
  const low = sorted.filter(({ score }) => score < 0);
  return low.length > 0 ? low.slice(0, MOMENTS) : sorted.slice(0, 1);
}

/** The card with the highest rank; of equals the first on the map. */
function first(cards: readonly Card[], rank: (card: Card) => number): Card | undefined {
  return cards.toSorted((a, b) => rank(b) - rank(a))[0];
}

function painsOf(
  pains: readonly Card[],
  opportunities: readonly Opportunity[],
  place: (card: Card) => readonly Placed[],
): readonly PainLine[] {
  const addressed = new Set(
    opportunities
      .filter(({ card }) => card.status !== 'dropped')
      .flatMap(({ card }) => card.addresses),
  );
  return pains
    .toSorted((a, b) => (b.severity ?? 0) - (a.severity ?? 0))
    .slice(0, PAINS)
    .flatMap(place)
    .map((line) => ({ ...line, isAddressed: addressed.has(line.card.id) }));
}

function gapsOf(
  expectations: readonly Card[],
  place: (card: Card) => readonly Placed[],
): readonly Placed[] {
  return expectations
    .filter((card) => card.actual !== '' && (card.gap ?? 0) > 0)
    .toSorted((a, b) => (b.gap ?? 0) - (a.gap ?? 0))
    .slice(0, GAPS)
    .flatMap(place);
}

/** All in map order, or where there are many those in the stages that feel worst. */
function worstTruths(truths: readonly TruthLine[]): readonly TruthLine[] {
  if (truths.length <= TRUTHS) return truths;
  return truths.toSorted((a, b) => (a.feeling ?? 0) - (b.feeling ?? 0)).slice(0, TRUTHS);
}

function evidenceOf(cards: readonly Card[], kindOf: (card: Card) => LaneKind): Evidence {
  const layers = new Map<string, { cards: number; evidence: number }>();
  const total = { cards: 0, evidence: 0 };
  const sources = new Set<string>();
  for (const card of cards) {
    const { layer } = LANE_WORDS[kindOf(card)];
    const share = layers.get(layer) ?? { cards: 0, evidence: 0 };
    layers.set(layer, share);
    const found = card.confidence === 'evidence' ? 1 : 0;
    for (const one of [share, total]) {
      one.cards += 1;
      one.evidence += found;
    }
    for (const { kind, title, url } of card.sources) sources.add(`${kind} ${title || url}`);
  }
  const order = [...new Set(Object.values(LANE_WORDS).map(({ layer }) => layer))];
  return {
    ...total,
    sources: sources.size,
    layers: order.flatMap((layer) => {
      const share = layers.get(layer);
      return share === undefined ? [] : [{ layer, ...share }];
    }),
  };
}

/** Whole per cent, as the evidence overlay counts them. */
export function percent({ cards, evidence }: Share): number {
  return percentage({ evidence, all: cards });
}

function reviewOf(
  { meta, cards, comments }: MapContent,
  today: string,
  changes: Comparison | undefined,
): ReviewState {
  const { lastReviewed: last, everyDays } = meta.review;
  if (last === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(last)) {
    return { last: undefined, due: undefined, isOverdue: false, since: undefined };
  }
  const due = everyDays === undefined ? undefined : daysAfter(last, everyDays);
  return {
    last,
    due,
    isOverdue: due !== undefined && due <= today,
    since: { changes, ...sinceDay(last, cards, comments) },
  };
}

/**
 * What came after the day of the review. What was written on that very day may have been part of it, and what was reworded,
 * moved or deleted leaves no date on the map.
 */
function sinceDay(
  day: string,
  cards: readonly Card[],
  comments: readonly Comment[],
): Omit<Since, 'changes'> {
  const after = (moment: string | undefined): boolean => (localDay(moment) ?? '') > day;
  return {
    cards: cards.filter(({ createdAt }) => after(createdAt)).length,
    undated: cards.filter(({ createdAt }) => localDay(createdAt) === undefined).length,
    comments: comments.filter(({ at }) => after(at)).length,
  };
}

/** The day of a moment (RFC 3339) where the reader is, YYYY-MM-DD. */
export function localDay(moment: string | Date | undefined): string | undefined {
  if (moment === undefined) return undefined;
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return undefined;
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function daysAfter(day: string, days: number): string | undefined {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString().slice(0, 10);
}

/** True when there is nothing a report could be made of. */
export function isBlank(report: Report): boolean {
  return report.evidence.cards === 0;
}
