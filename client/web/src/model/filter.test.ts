import { expect, test } from 'vitest';
import type { Card, Comment, Persona } from './entities';
import {
  ageOf,
  agesOf,
  evidenceShares,
  isAnothers,
  isOn,
  LAYERS,
  NO_FILTER,
  percentage,
  presentFilter,
  showsLane,
  showsLine,
  touchedOn,
} from './filter';
import type { LaneKind } from './kinds';
import { readCard } from './read';
import { alone } from './testing/desk';

const PERSONAS = [{ id: 'mira' }, { id: 'tom' }] as unknown as readonly Persona[];

function card(fields: Record<string, unknown>): Card {
  const journey = alone({
    stages: [{ id: 's', title: '' }],
    lanes: [{ id: 'l', kind: 'note', title: '' }],
    cards: [{ id: 'c', lane: 'l', stage: 's', text: '', ...fields }],
  });
  const read = readCard('c', journey.root('cards').get('c'));
  if (read === undefined) throw new Error('The card cannot be read.');
  return read;
}

test('a filter by layer shows the lanes of those layers, none means all', () => {
  expect(LAYERS).toEqual([
    'Interactions',
    'Behaviour',
    'Experience',
    'Strategy',
    'Blueprint',
    'Any',
  ]);
  const two = { ...NO_FILTER, layers: ['Experience', 'Strategy'] };
  const kinds: LaneKind[] = ['touchpoint', 'action', 'emotion', 'pain', 'opportunity', 'support'];
  expect(kinds.filter((kind) => showsLane(two, kind))).toEqual(['emotion', 'pain', 'opportunity']);
  expect(kinds.filter((kind) => showsLane(NO_FILTER, kind))).toEqual(kinds);
  expect([isOn(two), isOn(NO_FILTER)]).toEqual([true, false]);
});

test('a filter by persona keeps their feelings and nobody’s', () => {
  const mira = { ...NO_FILTER, personas: ['mira'] };
  expect(['mira', 'tom', ''].map((line) => showsLine(mira, line))).toEqual([true, false, true]);
  const anothers = (fields: Record<string, unknown>, kind: LaneKind = 'emotion'): boolean =>
    isAnothers(mira, card(fields), kind, PERSONAS);
  expect(anothers({ persona: 'tom' })).toBe(true);
  expect(anothers({ persona: 'mira' })).toBe(false);
  expect(anothers({})).toBe(false);
  expect(anothers({ persona: 'deleted' })).toBe(false);
  // A card that was moved away keeps the persona it had, and says it of no other lane.
  expect(anothers({ persona: 'tom' }, 'note')).toBe(false);
});

test('a persona who is gone hides nobody', () => {
  const gone = { ...NO_FILTER, personas: ['deleted'] };
  expect(isOn(presentFilter(gone, PERSONAS))).toBe(false);
  const both = { ...NO_FILTER, personas: ['deleted', 'tom'] };
  expect(presentFilter(both, PERSONAS).personas).toEqual(['tom']);
});

test('map_17 shares count a card with a source as evidence, by layer and for the whole', () => {
  const source = [{ kind: 'interview', title: 'Mira' }];
  const cards = [
    { ...card({ confidence: 'assumption', sources: source }), lane: 'pain' },
    { ...card({ confidence: 'evidence' }), lane: 'emotion' },
    { ...card({}), lane: 'pain' },
    { ...card({}), lane: 'touchpoint' },
    { ...card({ sources: source }), lane: 'nowhere' },
  ];
  const shares = evidenceShares(cards, ({ lane }) =>
    lane === 'nowhere' ? undefined : (lane as LaneKind),
  );
  expect(shares).toEqual({
    whole: { evidence: 2, all: 4 },
    layers: [
      { layer: 'Interactions', evidence: 0, all: 1 },
      { layer: 'Experience', evidence: 2, all: 3 },
    ],
  });
  const asked = [shares.whole, ...shares.layers].map(percentage);
  expect(asked).toEqual([50, 0, 67]);
});

test('a percentage rounds neither to nothing nor to everything', () => {
  const of = (evidence: number, all: number): number => percentage({ evidence, all });
  expect([of(0, 0), of(0, 9), of(1, 400), of(399, 400), of(400, 400), of(3, 8)]).toEqual([
    0, 0, 1, 99, 100, 38,
  ]);
});

test('a card was touched when it was written, changed or spoken about, whichever came last', () => {
  const said = [{ at: '2026-10-06T08:30:00-02:00' }] as unknown as readonly Comment[];
  const written = { createdAt: '2026-09-01T08:00:00Z' };
  expect(touchedOn(card(written), [])).toBe('2026-09-01');
  expect(touchedOn(card({ ...written, lastTouched: '2026-10-02' }), [])).toBe('2026-10-02');
  expect(touchedOn(card({ ...written, lastTouched: '2026-10-02' }), said)).toBe('2026-10-06');
  expect(touchedOn(card({}), [])).toBeUndefined();
  expect(
    touchedOn(card({ createdAt: 'last week', lastTouched: '2026-99-99' }), []),
  ).toBeUndefined();
});

test('ages are counted from the last review, in its cadence', () => {
  const ages = agesOf({ everyDays: 30, lastReviewed: '2026-10-01' }, '2026-11-27');
  expect(ages).toEqual({ reviewed: true, since: '2026-10-01', long: '2026-09-01', every: 30 });
  const days = ['2026-10-01', '2026-09-30', '2026-09-01', '2026-08-31', undefined];
  expect(days.map((day) => ageOf(day, ages))).toEqual([
    'since',
    'before',
    'before',
    'long',
    'unknown',
  ]);
});

test('without a review ages are counted from today', () => {
  const never = agesOf({}, '2026-11-27');
  expect(never).toEqual({ reviewed: false, since: '2026-08-29', long: '2026-05-31', every: 90 });
  // A day that is none, or yet to come, is no review that anybody held.
  for (const lastReviewed of ['soon', '2027-01-01']) {
    expect(agesOf({ lastReviewed, everyDays: 0 }, '2026-11-27')).toEqual(never);
  }
});
