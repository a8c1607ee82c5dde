import { expect, test } from 'vitest';
import { addComment } from './cards';
import type { Journey } from './journey';
import { fold, hitsOf, needleOf, rangesOf, type Searched } from './search';
import { addSource } from './sources';
import { alone } from './testing/desk';

const MAP = {
  title: 'Found',
  stages: [
    { id: 's1', title: 'Search', description: 'Looking for a flat' },
    { id: 's2', title: 'Sign' },
  ],
  lanes: [
    { id: 'feel', kind: 'emotion', title: 'How it feels' },
    { id: 'touch', kind: 'touchpoint', title: 'Touchpoints' },
    { id: 'want', kind: 'expectation', title: 'Expectations' },
    { id: 'do', kind: 'opportunity', title: 'Ideas' },
    { id: 'back', kind: 'backstage', title: 'Backstage' },
  ],
  cards: [
    { id: 'second', lane: 'feel', stage: 's2', text: 'Relieved' },
    { id: 'first', lane: 'feel', stage: 's1', text: 'Überwältigt', quote: 'Nothing answers' },
    { id: 'portal', lane: 'touch', stage: 's1', text: 'Listing', channel: 'word of mouth' },
    { id: 'wait', lane: 'want', stage: 's1', text: 'An answer', actual: 'Two weeks of silence' },
    { id: 'idea', lane: 'do', stage: 's2', text: 'Say no early', owner: 'Søren' },
    { id: 'desk', lane: 'back', stage: 's2', text: 'Checks papers', actor: 'Back office' },
    { id: 'lost', lane: 'gone', stage: 's1', text: 'Relieved, too' },
  ],
};

function searched(journey: Journey): Searched {
  return {
    stages: journey.stages.all.get(),
    lanes: journey.lanes.all.get(),
    cards: journey.allCards.get(),
    comments: journey.allComments.get(),
  };
}

function found(journey: Journey, query: string): string[] {
  return hitsOf(searched(journey), needleOf(query)).map((hit) => `${hit.kind} ${hit.id}`);
}

test('every text of a card, a stage and a lane is looked through', () => {
  const journey = alone(MAP);
  addSource(journey, 'desk', { kind: 'interview', title: 'Clerk', quote: 'We lose them' });
  addComment(journey, 'portal', 'Which portal?', 'Jo', '2026-11-27T10:00:00Z');
  const places: Record<string, string> = {
    listing: 'card portal',
    'nothing answers': 'card first',
    silence: 'card wait',
    mouth: 'card portal',
    soren: 'card idea',
    'back office': 'card desk',
    clerk: 'card desk',
    'lose them': 'card desk',
    'which portal': 'card portal',
    'looking for': 'stage s1',
    ideas: 'lane do',
  };
  for (const [query, place] of Object.entries(places)) {
    expect([query, found(journey, query)]).toEqual([query, [place]]);
  }
});

test('case, accents, strokes and runs of spaces make no difference', () => {
  const journey = alone(MAP);
  for (const query of ['uberwaltigt', 'ÜBERWÄLTIGT', 'u\u0308berw', '  Überwältigt ']) {
    expect([query, found(journey, query)]).toEqual([query, ['card first']]);
  }
  expect(found(journey, 'two   weeks')).toEqual(['card wait']);
  expect(fold('Straße, Łódź, œuvre, ﬁn')).toBe('strasse, lodz, oeuvre, fin');
});

test('hits come in the order of the screen, and what is in no lane is nowhere', () => {
  expect(found(alone(MAP), 'e')).toEqual([
    'stage s1',
    'lane feel',
    'card first',
    'card second',
    'lane want',
    'card wait',
    'lane do',
    'card idea',
    'lane back',
    'card desk',
  ]);
  expect(found(alone(MAP), 'relieved')).toEqual(['card second']);
});

test('no words find nothing, and no match runs from one field into the next', () => {
  const journey = alone(MAP);
  expect(found(journey, '   ')).toEqual([]);
  expect(found(journey, 'answer two weeks')).toEqual([]);
});

test('what somebody typed meanwhile is found', () => {
  const journey = alone(MAP);
  expect(found(journey, 'fax')).toEqual([]);
  addComment(journey, 'idea', 'By fax?', 'Jo', '2026-11-27T10:00:00Z');
  expect(found(journey, 'fax')).toEqual(['card idea']);
});

test('ranges are those of the text as it is written', () => {
  const slices = (text: string, query: string): string[] =>
    rangesOf(text, needleOf(query)).map(({ start, end }) => text.slice(start, end));
  expect(slices('A Café, a cafe\u0301 and a CAFE', 'cafe')).toEqual(['Café', 'cafe\u0301', 'CAFE']);
  expect(slices('Straße', 'ss')).toEqual(['ß']);
  expect(slices('two \n weeks', 'two weeks')).toEqual(['two \n weeks']);
  expect(slices('👩‍🚒 fire 👩‍🚒', 'fire')).toEqual(['fire']);
  expect(slices('aaa', 'aa')).toEqual(['aa']);
  expect(slices('\u0301a', 'a')).toEqual(['a']);
  expect(slices('anything', '')).toEqual([]);
});
