// How a room felt: the result of an emotion round as a picture over the stages, and as feelings of the map. Pure but for `applyMedian`.
// Called by the view of a round, the report and the overlay of the emotion lane. Horizontal places are in stages, as in `emotion.ts`.
import type { EmotionRoundView, StageFeelings } from '../wire/channel';
import { blankCard } from './cards';
import { type Copy, placeCopies } from './copies';
import { lineOf } from './emotion';
import type { Card } from './entities';
import type { Journey } from './journey';
import { SCORE_MAX, SCORE_MIN } from './kinds';
import { difference } from './text/difference';
import { act, entryOf, setPlain, textField } from './write';

/** One person's feeling, without the person. */
export interface CrowdPoint {
  readonly x: number;
  readonly score: number;
}

/** What a stage of the picture shows; a stage that nobody answered for has neither median nor points. */
export interface CrowdStage {
  readonly id: string;
  readonly title: string;
  readonly x: number;
  readonly feelings: StageFeelings | undefined;
  readonly points: readonly CrowdPoint[];
}

/** A stretch of neighbouring stages with answers: over a stage without, nothing is drawn that nobody said. */
export interface CrowdRun {
  readonly middle: readonly CrowdPoint[];
  /** The middle and the spread on either side, within the scale. */
  readonly upper: readonly CrowdPoint[];
  readonly lower: readonly CrowdPoint[];
}

export interface Crowd {
  readonly stages: readonly CrowdStage[];
  readonly runs: readonly CrowdRun[];
}

/** How far from the middle of a stage its points may lie, and how far from each other they do where there is room. In stages. */
const REACH = 0.36;
const APART = 0.085;

/** `order` places the stages as they stand on a map now; without it they stand as when the round opened. */
export function crowdOf(round: EmotionRoundView, order?: readonly string[]): Crowd {
  const places = order ?? round.stages.map(({ stage }) => stage);
  const stages = round.stages
    .filter(({ stage }) => places.includes(stage))
    .map(({ stage: id, title }): CrowdStage => {
      const x = places.indexOf(id) + 0.5;
      const feelings = round.result?.find(({ stage }) => stage === id);
      return { id, title, x, feelings, points: spreadOut(feelings?.points ?? [], x) };
    })
    .toSorted((a, b) => a.x - b.x);
  return { stages, runs: runsOf(stages) };
}

/** Equal feelings stand side by side around the middle, so that each can be seen; the same answers always give the same picture. */
function spreadOut(scores: readonly number[], middle: number): readonly CrowdPoint[] {
  return scores.map((score, at) => {
    const first = scores.indexOf(score);
    const mates = scores.filter((other) => other === score).length;
    const apart = mates < 2 ? 0 : Math.min(APART, (2 * REACH) / (mates - 1));
    return { score, x: middle + (at - first - (mates - 1) / 2) * apart };
  });
}

function runsOf(stages: readonly CrowdStage[]): readonly CrowdRun[] {
  const runs: { x: number; feelings: StageFeelings }[][] = [];
  let last: number | undefined;
  for (const { x, feelings } of stages) {
    if (feelings === undefined) continue;
    const isNext = last !== undefined && x - last === 1;
    if (isNext) runs.at(-1)?.push({ x, feelings });
    else runs.push([{ x, feelings }]);
    last = x;
  }
  const bounded = (score: number): number => Math.min(SCORE_MAX, Math.max(SCORE_MIN, score));
  return runs.map((run) => {
    const along = (score: (feelings: StageFeelings) => number): readonly CrowdPoint[] =>
      run.map(({ x, feelings }) => ({ x, score: bounded(score(feelings)) }));
    return {
      middle: along(({ median }) => median),
      upper: along(({ median, spread }) => median + spread),
      lower: along(({ median, spread }) => median - spread),
    };
  });
}

/** The nearest half, and from the middle between two the one nearer to 0: a tie is no reason to feel more. */
export function halfOf(median: number): number {
  const halves = Math.ceil(Math.abs(median) * 2 - 0.5);
  return halves === 0 ? 0 : (Math.sign(median) * halves) / 2;
}

/** Where the medians go: a lane of feelings, and whose they are ('' for nobody in particular). */
export interface MedianPlace {
  readonly lane: string;
  readonly persona: string;
}

/** What becomes of one stage of the lane. */
export interface MedianChange {
  readonly stage: string;
  readonly title: string;
  readonly score: number;
  readonly answers: number;
  /** The card that takes the score; a new one is written where there is none. */
  readonly card: Pick<Card, 'id' | 'text'> | undefined;
  /** What it had. */
  readonly from: number | undefined;
}

/** What a card is called that was written for a median. */
export function medianText(answers: number): string {
  return `How the room felt (median of ${answers})`;
}

const IS_MEDIAN = /^How the room felt \(median of \d+\)$/;

/** What applying would do now: one card a stage, that of an earlier median before any other, else the first of its line. */
export function medianPlan(
  journey: Journey,
  round: EmotionRoundView,
  { lane, persona }: MedianPlace,
): readonly MedianChange[] {
  const personas = journey.personas.all.get();
  const cards = journey.laneCards(lane).get();
  return crowdOf(round, journey.stages.ids.get()).stages.flatMap(({ id, title, feelings }) => {
    if (feelings === undefined) return [];
    const here = cards.filter((card) => card.stage === id && lineOf(card, personas) === persona);
    const card = here.find(({ text }) => IS_MEDIAN.test(text)) ?? here[0];
    const answers = feelings.points.length;
    const score = halfOf(feelings.median);
    return [{ stage: id, title, score, answers, card, from: card?.score }];
  });
}

/** Whether a change changes anything. */
export function isNews({ card, from, score }: MedianChange): boolean {
  return card === undefined || from !== score;
}

/** Carries a plan out as one step. Returns how many cards were changed or written. */
export function applyMedian(
  journey: Journey,
  { lane, persona }: MedianPlace,
  plan: readonly MedianChange[],
  by: { readonly author: string; readonly at: string },
): number {
  const news = plan.filter(isNews);
  if (news.length === 0) return 0;
  act(journey, () => {
    for (const { card, score, answers } of news) {
      const entry = card === undefined ? undefined : entryOf(journey, 'cards', card.id);
      if (card === undefined || entry === undefined) continue;
      setPlain(entry, 'score', score);
      if (IS_MEDIAN.test(card.text)) rename(journey, card.id, medianText(answers));
    }
    const fresh = news
      .filter(({ card }) => card === undefined || !journey.root('cards').has(card.id))
      .map(({ stage, score, answers }): Copy => {
        const written = { author: by.author, createdAt: by.at, text: medianText(answers), score };
        const whose = persona === '' ? {} : { persona };
        const card = { ...blankCard(stage, lane, stage), ...written, ...whose };
        return { card, lane, stage };
      });
    placeCopies(journey, fresh, () => 'emotion');
  });
  return news.length;
}

function rename(journey: Journey, card: string, text: string): void {
  const held = textField(journey, 'cards', card, 'text');
  const change = held === undefined ? undefined : difference(held.toString(), text, text.length);
  if (held === undefined || change === undefined) return;
  held.delete(change.index, change.remove);
  held.insert(change.index, change.insert);
}
