import { expect, test } from 'vitest';
import type { EmotionRoundView } from '../wire/channel';
import { applyMedian, crowdOf, halfOf, medianPlan } from './crowd';
import { alone } from './testing/desk';

/** A closed round over stages s1, s2, …; each with its answers from worst to best, or nothing. */
function round(...answers: readonly (readonly number[])[]): EmotionRoundView {
  const stages = answers.map((_, at) => ({
    stage: `s${at + 1}`,
    title: `Stage ${at + 1}`,
    withdrawn: false,
  }));
  const result = answers.flatMap((points, at) => {
    if (points.length === 0) return [];
    const middle = (points.length - 1) / 2;
    const median = ((points[Math.floor(middle)] ?? 0) + (points[Math.ceil(middle)] ?? 0)) / 2;
    const mean = points.reduce((sum, point) => sum + point, 0) / points.length;
    const spread = Math.sqrt(
      points.reduce((sum, point) => sum + (point - mean) ** 2, 0) / points.length,
    );
    return [{ stage: `s${at + 1}`, median, spread, points: [...points] }];
  });
  const setup = { question: 'How does it feel?' };
  return { id: 1, setup, state: 'closed', opened: 0, stages, result };
}

const MAP = {
  stages: [1, 2, 3].map((at) => ({ id: `s${at}`, title: `Stage ${at}` })),
  personas: [{ id: 'mira', name: 'Mira', primary: true }],
  lanes: [
    { id: 'feel', kind: 'emotion', title: 'Feelings' },
    { id: 'acts', kind: 'action', title: 'Actions' },
  ],
  cards: [
    { id: 'a', lane: 'feel', stage: 's1', text: 'Hopeful', score: 1, persona: 'mira' },
    { id: 'b', lane: 'feel', stage: 's1', text: 'Curious', score: 2, persona: 'mira' },
    { id: 'c', lane: 'feel', stage: 's2', text: 'Anyone', score: -1 },
  ],
};
const BY = { author: 'Ana', at: '2026-10-02T09:00:00Z' };

test('every answer is a point, equal ones side by side, and always in the same places', () => {
  const { stages } = crowdOf(round([-1, 0.5, 0.5, 0.5]));
  const [stage] = stages;
  expect(stage?.points.map(({ score }) => score)).toEqual([-1, 0.5, 0.5, 0.5]);
  expect(stage?.points.map(({ x }) => Math.round(x * 1000))).toEqual([500, 415, 500, 585]);
  expect(crowdOf(round([-1, 0.5, 0.5, 0.5]))).toEqual({ stages, runs: expect.anything() });
});

test('many equal answers stay within their stage', () => {
  const points = crowdOf(round(Array.from({ length: 60 }, () => 1))).stages[0]?.points ?? [];
  expect(new Set(points.map(({ x }) => x)).size).toBe(60);
  expect(points.every(({ x }) => x > 0.1 && x < 0.9)).toBe(true);
});

test('over a stage nobody answered for, no line is drawn', () => {
  const { runs } = crowdOf(round([1], [], [2], [0]));
  expect(runs.map(({ middle }) => middle.map(({ x, score }) => [x, score]))).toEqual([
    [[0.5, 1]],
    [
      [2.5, 2],
      [3.5, 0],
    ],
  ]);
});

test('the band of the spread stays on the scale', () => {
  const [run] = crowdOf(round([-2, -2, 2, 2], [2, 2])).runs;
  expect(run?.upper.map(({ score }) => score)).toEqual([2, 2]);
  expect(run?.lower.map(({ score }) => score)).toEqual([-2, 2]);
});

test('over a map that has changed since, stages stand where they stand now', () => {
  const { stages, runs } = crowdOf(round([1], [2], [-1]), ['s3', 'new', 's1']);
  expect(stages.map(({ id, x }) => [id, x])).toEqual([
    ['s3', 0.5],
    ['s1', 2.5],
  ]);
  expect(runs).toHaveLength(2);
});

test.each([
  [0, 0],
  [0.25, 0],
  [-0.25, 0],
  [0.5, 0.5],
  [0.75, 0.5],
  [-0.75, -0.5],
  [-1.25, -1],
  [1.75, 1.5],
  [2, 2],
  [-2, -2],
])('EMO-7 a median of %d is applied as %d', (median, score) => {
  expect(Object.is(halfOf(median), score)).toBe(true);
});

test('the plan names one card a stage of that line, and a new one where there is none', () => {
  const journey = alone(MAP);
  const closed = round([0.5, 1], [-2], []);
  const plan = (persona: string) =>
    medianPlan(journey, closed, { lane: 'feel', persona }).map(({ stage, card, from, score }) => [
      stage,
      card?.id,
      from,
      score,
    ]);
  expect(plan('mira')).toEqual([
    ['s1', 'a', 1, 0.5],
    ['s2', undefined, undefined, -2],
  ]);
  expect(plan('')).toEqual([
    ['s1', undefined, undefined, 0.5],
    ['s2', 'c', -1, -2],
  ]);
});

test('applying writes the scores in one step, which one undo takes back', () => {
  const journey = alone(MAP);
  const place = { lane: 'feel', persona: 'mira' };
  const plan = medianPlan(journey, round([0], [-1.5], [2]), place);
  expect(applyMedian(journey, place, plan, BY)).toBe(3);
  const scores = (): unknown[] =>
    journey
      .laneCards('feel')
      .get()
      .map(({ stage, text, score, persona, author }) => [stage, text, score, persona, author]);
  expect(scores()).toEqual(
    expect.arrayContaining([
      ['s1', 'Hopeful', 0, 'mira', undefined],
      ['s1', 'Curious', 2, 'mira', undefined],
      ['s2', 'Anyone', -1, undefined, undefined],
      ['s2', 'How the room felt (median of 1)', -1.5, 'mira', 'Ana'],
      ['s3', 'How the room felt (median of 1)', 2, 'mira', 'Ana'],
    ]),
  );
  journey.steps.undo();
  expect(scores()).toHaveLength(3);
  expect(journey.card('a').get()?.score).toBe(1);
});

test('applying again changes the card of the earlier median, in its words, too', () => {
  const journey = alone(MAP);
  const place = { lane: 'feel', persona: '' };
  const first = round([], [], [1]);
  applyMedian(journey, place, medianPlan(journey, first, place), BY);
  const second = round([], [], [-2, -1, 0]);
  applyMedian(journey, place, medianPlan(journey, second, place), BY);
  expect(journey.cellCards('feel', 's3').map(({ text, score }) => [text, score])).toEqual([
    ['How the room felt (median of 3)', -1],
  ]);
});

test('applying what is already so changes nothing', () => {
  const journey = alone(MAP);
  const place = { lane: 'feel', persona: 'mira' };
  const plan = medianPlan(journey, round([1]), place);
  expect(applyMedian(journey, place, plan, BY)).toBe(0);
  expect(journey.steps.state.get().canUndo).toBe(false);
});

test('a card deleted between the look and the press is written anew', () => {
  const journey = alone(MAP);
  const place = { lane: 'feel', persona: '' };
  const plan = medianPlan(journey, round([], [2]), place);
  journey.doc.transact(() => journey.root('cards').delete('c'));
  expect(applyMedian(journey, place, plan, BY)).toBe(1);
  expect(journey.cellCards('feel', 's2').map(({ score }) => score)).toEqual([2]);
});
