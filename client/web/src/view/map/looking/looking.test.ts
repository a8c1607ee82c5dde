import { beforeEach, expect, test, vi } from 'vitest';
import { addCard, setCardFields } from '../../../model/cards';
import { removeEntry, setHidden } from '../../../model/structure';
import { alone } from '../../../model/testing/desk';
import { readLook, writeLook } from './address';
import { ageWords, overlayWords, seenThrough } from './glass';
import { Looking } from './looking';
import { largestThat, stepFrom } from './zoom';

const MAP = {
  review: { everyDays: 30, lastReviewed: '2026-10-01' },
  personas: [
    { id: 'mira', name: 'Mira' },
    { id: 'tom', name: 'Tom' },
  ],
  stages: [
    { id: 's1', title: 'Search' },
    { id: 's2', title: 'Sign' },
  ],
  lanes: [
    { id: 'touch', kind: 'touchpoint', title: 'Touchpoints' },
    { id: 'feel', kind: 'emotion', title: 'Feelings' },
    { id: 'pain', kind: 'pain', title: 'Pains' },
  ],
  cards: [
    {
      id: 'portal',
      lane: 'touch',
      stage: 's1',
      text: 'Listing portal',
      createdAt: '2026-10-05T10:00:00Z',
    },
    { id: 'hope', lane: 'feel', stage: 's1', text: 'Hopeful', persona: 'mira', score: 1 },
    { id: 'calm', lane: 'feel', stage: 's2', text: 'Calm', persona: 'tom', score: 1 },
    {
      id: 'wait',
      lane: 'pain',
      stage: 's1',
      text: 'Waits for the portal',
      lastTouched: '2026-08-01',
    },
  ],
};

beforeEach(() => {
  vi.stubGlobal('location', { search: '' });
});

function looking(map: object = MAP): { journey: ReturnType<typeof alone>; look: Looking } {
  const journey = alone({ ...map });
  return { journey, look: new Looking(journey) };
}

function seen(set: ReturnType<typeof looking>, id: string): string {
  const card = set.journey.card(id).get();
  if (card === undefined) throw new Error(`There is no card ${id}.`);
  const kind = set.journey.lanes.get(card.lane)?.kind ?? 'note';
  return seenThrough(set.look.glass.get(), card, kind, set.journey.thread(id).get());
}

test('a filter takes lanes off the screen and tells those who show them', () => {
  const { journey, look } = looking();
  const told: (readonly string[])[] = [];
  look.lanes.subscribe(() => told.push(look.lanes.get()));
  // Whoever asks in between must not keep the others from being told.
  look.glass.subscribe(() => look.lanes.get());
  look.filter.set({ layers: ['Experience'], personas: [] });
  expect(told.at(-1)).toEqual(['feel', 'pain']);
  setHidden(journey, 'pain', true);
  expect(told.at(-1)).toEqual(['feel']);
  look.filter.set({ layers: [], personas: [] });
  expect(told.at(-1)).toEqual(['touch', 'feel']);
});

test('going to a place in a lane that is filtered away shows the lanes again', () => {
  const { look } = looking();
  look.filter.set({ layers: ['Experience'], personas: ['mira'] });
  look.reveal('pain');
  expect(look.filter.get().layers).toEqual(['Experience']);
  look.reveal('touch');
  expect(look.filter.get()).toEqual({ layers: [], personas: ['mira'] });
});

test('typing in a card tells nobody how anything looks', () => {
  const set = looking();
  let told = 0;
  set.look.glass.subscribe(() => {
    told += 1;
  });
  setCardFields(set.journey, 'portal', { channel: 'web' });
  expect(told).toBe(0);
});

test('a search follows the map, and its hits in lanes out of sight are counted apart', () => {
  const { journey, look } = looking();
  look.finding.set({ query: 'PORTAL', origin: { kind: 'corner' } });
  expect(look.found.get().hits.map((hit) => hit.id)).toEqual(['portal', 'wait']);
  look.filter.set({ layers: ['Experience'], personas: [] });
  expect(look.found.get()).toMatchObject({ hits: [{ id: 'wait' }], elsewhere: 1 });
  const place = { lane: 'pain', stage: 's2', index: 0 };
  addCard(journey, {
    id: 'new',
    place,
    text: 'Portal is down',
    author: 'Ben',
    at: '2026-11-27T10:00:00Z',
  });
  expect(look.found.get().hits.map((hit) => hit.id)).toEqual(['wait', 'new']);
});

test('a card is seen as what it is through filter, search and overlay', () => {
  const set = looking();
  expect(seen(set, 'calm')).toBe('');
  set.look.filter.set({ layers: [], personas: ['mira'] });
  expect([seen(set, 'calm'), seen(set, 'hope')]).toEqual(['aside filtered', '']);
  removeEntry(set.journey, 'lanes', 'touch');
  set.look.finding.set({ query: 'calm', origin: { kind: 'corner' } });
  expect([seen(set, 'calm'), seen(set, 'hope')]).toEqual(['aside filtered found', 'aside']);
  set.look.finding.set(null);
  set.look.overlay.set('evidence');
  expect(seen(set, 'hope')).toBe('assumption');
  setCardFields(set.journey, 'hope', { confidence: 'evidence' });
  expect(seen(set, 'hope')).toBe('evidence');
});

test('an overlay is said in words', () => {
  const set = looking();
  const words = (id: string): string | undefined => {
    const card = set.journey.card(id).get();
    if (card === undefined) throw new Error(`There is no card ${id}.`);
    return overlayWords(seen(set, id), card, []);
  };
  expect(words('portal')).toBeUndefined();
  set.look.overlay.set('evidence');
  expect(words('portal')).toBe('Assumption');
  setCardFields(set.journey, 'portal', { confidence: 'evidence' });
  expect(words('portal')).toBe('Evidence, no source named');
  set.look.overlay.set('age');
  expect(seen(set, 'wait')).toBe('age-long');
  expect(words('wait')).toMatch(/^Touched .*2026/);
  expect([seen(set, 'hope'), words('hope')]).toEqual(['age-unknown', 'Date not known']);
  const { ages } = set.look.glass.get();
  expect(ageWords('long', ages)).toBe('Nor in the 30 days before it');
});

test('a look and its address are one', () => {
  const look = {
    filter: { layers: ['Experience', 'Any'], personas: ['mira', 'tom'] },
    overlay: 'age',
  } as const;
  const search = writeLook('?ref=mail', look);
  expect(search).toBe('?ref=mail&layers=experience,any&personas=mira,tom&overlay=age');
  expect(readLook(search)).toEqual(look);
  expect(writeLook(search, readLook(''))).toBe('?ref=mail');
  expect(writeLook('', readLook(''))).toBe('');
});

test('an address of anybody’s making names what is known, and the rest is passed over', () => {
  const asked = readLook('?layers=nonsense,strategy,strategy&personas=,<b>,mira,mira&overlay=xray');
  expect(asked).toEqual({ filter: { layers: ['Strategy'], personas: ['mira'] }, overlay: 'none' });
});

test('zoom goes in steps between half and one and a half', () => {
  expect([stepFrom(1, 1), stepFrom(1, -1), stepFrom(1.07, -1)]).toEqual([1.1, 0.9, 1]);
  expect([stepFrom(1.5, 1), stepFrom(0.5, -1)]).toEqual([1.5, 0.5]);
  // From a fit below what steps reach, the next larger one is the way out.
  expect([stepFrom(0.28, 1), stepFrom(0.28, -1)]).toEqual([0.33, 0.28]);
});

test('what fits is the largest that does', () => {
  expect(largestThat((zoom) => zoom <= 0.615)).toBe(0.61);
  expect(largestThat(() => true)).toBe(1);
  expect(largestThat(() => false)).toBe(0.25);
});
