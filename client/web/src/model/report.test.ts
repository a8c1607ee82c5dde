import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contentOf } from './content';
import { reportMarkdown } from './markdown';
import { localDay, percent, type Report, reportOf } from './report';
import { atAGlance } from './report-words';
import { sinceWords } from './since-words';
import { alone, type MapJson } from './testing/desk';

const TODAY = '2026-12-01';

function sample(name: string): MapJson {
  const path = new URL(`../../../../protocol/samples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as MapJson;
}

function report(map: MapJson, today = TODAY): Report {
  return reportOf(contentOf(alone(map)), today);
}

/** The sample with some of its fields replaced. */
function changed(name: string, fields: MapJson): MapJson {
  return { ...sample(name), ...fields };
}

describe('the report of a rented flat', () => {
  const flat = report(sample('renting-a-flat.current'));

  test('tells whose journey it is, with the primary persona first', () => {
    expect(flat.persona?.name).toBe('Mira');
    expect(flat.otherPersonas.map(({ name }) => name)).toEqual(['Tomasz']);
    expect(flat.lines.map(({ name, points }) => [name, points.length])).toEqual([
      ['Mira', 7],
      ['Tomasz', 6],
    ]);
  });

  test('names the worst moments by their lowest feeling, with quote, pain and gap', () => {
    expect(flat.moments.map(({ stage, score, who }) => [stage.title, score, who])).toEqual([
      ['Waiting for an answer', -2, 'Mira'],
      ['Applying', -1, 'Mira'],
      ['Signing and moving in', -0.5, 'Mira'],
    ]);
    const [worst] = flat.moments;
    expect(worst?.feeling.quote).toMatch(/^Nine days\./);
    expect(worst?.pain?.id).toBe('p-silence');
    expect(worst?.gap?.id).toBe('x-answer');
  });

  test('lists pains by severity and gaps by width, widest first', () => {
    expect(flat.pains.map(({ card }) => card.severity)).toEqual([5, 4, 4, 4, 3]);
    expect(flat.gaps.map(({ card }) => card.gap)).toEqual([3, 3, 3]);
    expect(flat.truths.map(({ card }) => card.id)).toEqual(['t-agent', 't-hotline', 't-keys']);
  });

  test('ranks the open opportunities by their score and counts the others', () => {
    expect(flat.opportunities.map(({ opportunity }) => opportunity.id)).toEqual([
      'o-upload',
      'o-three-parts',
      'o-who-for-what',
      'o-evening',
      'o-take-down',
    ]);
    const { moreOpportunities, doneOpportunities, droppedOpportunities } = flat;
    expect([moreOpportunities, doneOpportunities, droppedOpportunities]).toEqual([6, 1, 1]);
  });

  test('shares evidence over all cards and over each layer', () => {
    expect([flat.evidence.evidence, flat.evidence.cards, percent(flat.evidence)]).toEqual([
      41, 78, 53,
    ]);
    const layers = flat.evidence.layers;
    expect(layers.map(({ layer }) => layer)).toEqual([
      'Interactions',
      'Behaviour',
      'Experience',
      'Strategy',
    ]);
    expect(layers.reduce((sum, { cards }) => sum + cards, 0)).toBe(78);
  });

  test('asks first for what is told first and rests on nothing', () => {
    expect(flat.assumptions.every(({ card }) => card.confidence === 'assumption')).toBe(true);
    expect(flat.assumptions.map(({ card }) => card.id)).toContain('o-three-parts');
    const ids = flat.assumptions.map(({ card }) => card.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says at a glance where it is worst, what to do first and what is known', () => {
    expect(atAGlance(flat, (day) => day)).toEqual([
      { label: 'Worst moment', text: 'Waiting for an answer', detail: '−2, Awful, Mira' },
      {
        label: 'First opportunity',
        text: 'Shrink photos in the browser and say at once what is wrong with a file',
        detail: 'Planned, Nadia Okafor, due 2026-12-11',
      },
      { label: 'Evidence', text: '53 %', detail: '41 of 78 cards rest on evidence' },
    ]);
  });
});

test('a pain that only a dropped opportunity takes on counts as not addressed', () => {
  const flat = sample('renting-a-flat.current');
  const cards = (flat.cards as readonly MapJson[]).map((card) =>
    card.id === 'o-deposit' || card.id === 'o-three-parts' ? { ...card, status: 'dropped' } : card,
  );
  const { pains } = report({ ...flat, cards });
  const open = pains.filter(({ isAddressed }) => !isAddressed).map(({ card }) => card.id);
  expect(open).toEqual(['p-deposit']);
});

test('where nobody feels bad, only the lowest point is told', () => {
  const stages = ['a', 'b'].map((id) => ({ id, title: id }));
  const lanes = [{ id: 'feel', kind: 'emotion', title: 'Feelings' }];
  const cards = [
    { id: '1', lane: 'feel', stage: 'a', text: 'Fine', score: 1 },
    { id: '2', lane: 'feel', stage: 'b', text: 'Better', score: 2 },
  ];
  const good = report({ stages, lanes, cards });
  expect(good.moments.map(({ stage }) => stage.id)).toEqual(['a']);
  expect(atAGlance(good, String)[0]?.label).toBe('Lowest point');
});

test('a hidden lane is left out, and said to be', () => {
  const flat = sample('renting-a-flat.current');
  const lanes = (flat.lanes as readonly MapJson[]).map((lane) => ({
    ...lane,
    hidden: lane.id === 'pain',
  }));
  const without = report({ ...flat, lanes });
  expect(without.pains).toEqual([]);
  expect(without.hiddenLanes).toBe(1);
  expect(reportMarkdown(without)).toContain('1 hidden lane is left out.');
});

test('of many moments of truth, those where it feels worst are told', () => {
  const flat = sample('renting-a-flat.current');
  const cards = (flat.cards as readonly MapJson[]).map((card) =>
    card.lane === 'touch' ? { ...card, momentOfTruth: true } : card,
  );
  const { truths, moreTruths } = report({ ...flat, cards });
  expect(truths.map(({ stage }) => stage.id)).toEqual([
    'waiting',
    'waiting',
    'applying',
    'applying',
    'search',
  ]);
  expect(moreTruths).toBe(11);
});

describe('the review', () => {
  const reviewed = (review: MapJson | null, cards: readonly MapJson[] = []): Report =>
    report({
      review,
      stages: [{ id: 's', title: 'S' }],
      lanes: [{ id: 'l', kind: 'note', title: 'L' }],
      cards: cards.map((card, index) => ({ id: `c${index}`, lane: 'l', stage: 's', ...card })),
      comments: [
        { id: 'm1', card: 'c0', author: 'Jo', at: '2026-10-02T12:00:00Z', text: 'Later' },
        { id: 'm2', card: 'c0', author: 'Jo', at: '2026-09-30T12:00:00Z', text: 'Before' },
      ],
    });

  test('counts what came after its day, and what cannot be told', () => {
    const { review } = reviewed({ everyDays: 90, lastReviewed: '2026-10-01' }, [
      { text: 'That day', createdAt: '2026-10-01T12:00:00Z' },
      { text: 'Later', createdAt: '2026-10-03T12:00:00Z' },
      { text: 'Undated' },
      { text: 'Wrong', createdAt: 'soon' },
    ]);
    expect(review.since).toEqual({ changes: undefined, cards: 1, undated: 2, comments: 1 });
    expect(sinceWords(review, String)).toBe(
      'Since the review of 2026-10-01: 1 card added, 1 comment written. 2 cards do not say when they were written and are not counted. Rewordings, moves and deletions leave no date on the map.',
    );
    expect([review.due, review.isOverdue]).toEqual(['2026-12-30', false]);
  });

  test('is overdue from the day it is due', () => {
    const { review } = reviewed({ everyDays: 61, lastReviewed: '2026-10-01' });
    expect([review.due, review.isOverdue]).toEqual(['2026-12-01', true]);
  });

  test('says nothing about a time since a review that never was', () => {
    expect(reviewed(null).review).toEqual({
      last: undefined,
      due: undefined,
      isOverdue: false,
      since: undefined,
    });
  });

  test('goes by the day where the reader is', () => {
    expect(localDay(new Date(2026, 9, 1, 23, 59))).toBe('2026-10-01');
    expect(localDay('soon')).toBeUndefined();
  });
});

test('a share is whole only when it is', () => {
  expect(percent({ cards: 1000, evidence: 1 })).toBe(1);
  expect(percent({ cards: 1000, evidence: 999 })).toBe(99);
  expect(percent({ cards: 3, evidence: 3 })).toBe(100);
  expect(percent({ cards: 0, evidence: 0 })).toBe(0);
});

test.each([
  ['library-card.blueprint', 'Getting the card'],
  ['nurse-night-shift.day', 'Home'],
  ['crm-funnel.flawed', 'Churn'],
])('the worst moment of %s is at "%s"', (name, title) => {
  expect(report(sample(name)).moments[0]?.stage.title).toContain(title);
});

test('a flawed map is told as it is: nothing scored comes last, nothing is known', () => {
  const crm = report(changed('crm-funnel.flawed', {}));
  expect(crm.opportunities.map(({ opportunity, rank }) => [opportunity.id, rank?.place])).toEqual([
    ['op-reminder', 1],
    ['op-tool', 2],
    ['op-ai', undefined],
    ['op-bundle', undefined],
  ]);
  expect(percent(crm.evidence)).toBe(0);
});
