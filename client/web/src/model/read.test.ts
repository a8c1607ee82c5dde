import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openJourney } from './journey';
import { alone } from './testing/desk';

test('an entry that is no Y.Map is skipped', () => {
  const journey = alone();
  journey.root('stages').set('odd', 'not a map');
  journey.root('cards').set('odd', 7);
  expect(journey.stages.ids.get()).toEqual(['first', 'second']);
  expect(journey.card('odd').get()).toBeUndefined();
});

test('fields of the wrong type read as their defaults', () => {
  const journey = alone();
  const entry = journey.root('cards').get('a') as Y.Map<unknown>;
  entry.set('severity', 'high');
  entry.set('gap', 9);
  entry.set('owned', 'yes');
  entry.set('sources', { not: 'a list' });
  entry.set('color', 'red; background: url(x)');
  entry.set('text', 12);
  const card = journey.card('a').get();
  expect(card).toMatchObject({ text: '', owned: true, sources: [], confidence: 'assumption' });
  expect(card).not.toHaveProperty('severity');
  expect(card).not.toHaveProperty('gap');
  expect(card).not.toHaveProperty('color');
});

test('plain strings and plain lists read as texts and lists', () => {
  const journey = alone();
  const entry = journey.root('cards').get('a') as Y.Map<unknown>;
  entry.set('text', 'plain');
  entry.set('sources', [{ kind: 'survey', title: 'S' }, 'odd', null, {}]);
  expect(journey.card('a').get()).toMatchObject({
    text: 'plain',
    sources: [{ kind: 'survey', title: 'S' }],
    confidence: 'evidence',
  });
});

test('a shared text where a plain value is expected reads as its string', () => {
  const journey = alone();
  const entry = journey.root('cards').get('a') as Y.Map<unknown>;
  entry.set('channel', new Y.Text('web'));
  expect(journey.card('a').get()?.channel).toBe('web');
});

test('a score between halves reads as the nearest, one outside as the end', () => {
  const journey = alone();
  const entry = journey.root('cards').get('a') as Y.Map<unknown>;
  entry.set('score', 0.7);
  expect(journey.card('a').get()?.score).toBe(0.5);
  entry.set('score', -40);
  expect(journey.card('a').get()?.score).toBe(-2);
});

test('a lane of an unknown kind shows its cards as notes', () => {
  const journey = alone();
  (journey.root('lanes').get('pains') as Y.Map<unknown>).set('kind', 'weather');
  expect(journey.lanes.get('pains')?.kind).toBe('note');
});

test('a card of a lane or stage that does not exist is kept and not counted', () => {
  const journey = alone();
  (journey.root('cards').get('a') as Y.Map<unknown>).set('stage', 'nowhere');
  expect(journey.cardCount.get()).toBe(2);
  expect(journey.card('a').get()?.stage).toBe('nowhere');
});

test('one document has one journey', () => {
  const journey = alone();
  expect(openJourney(journey.doc)).toBe(journey);
});
