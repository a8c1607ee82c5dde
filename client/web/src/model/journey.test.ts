import { expect, test } from 'vitest';
import { addCard, moveCard, removeCards, setCardFields } from './cards';
import { removeEntry } from './structure';
import { alone, pair } from './testing/desk';
import { cardText } from './text/field';

const NOW = '2026-11-23T12:00:00Z';

function counting(store: { subscribe(listener: () => void): () => void }): () => number {
  let count = 0;
  store.subscribe(() => {
    count += 1;
  });
  return () => count;
}

test('a keystroke changes one card and no cell', () => {
  const journey = alone();
  const typed = counting(journey.card('a'));
  const other = counting(journey.card('b'));
  const cell = counting(journey.cell('pains', 'first'));
  cardText(journey, 'a', 'text').write({ deletions: [], index: 1, insert: '!' });
  expect(journey.card('a').get()?.text).toBe('A!');
  expect([typed(), other(), cell()]).toEqual([1, 0, 0]);
});

test('a move changes its two cells, keeps the card and touches only its keys', () => {
  const journey = alone();
  journey.cell('ideas', 'second').get();
  const before = journey.root('cards').get('b');
  moveCard(journey, 'b', { lane: 'ideas', stage: 'second', index: 0 });
  expect(journey.cell('pains', 'first').get()).toEqual(['a', 'c']);
  expect(journey.cell('ideas', 'second').get()).toEqual(['b']);
  expect(journey.root('cards').get('b')).toBe(before);
});

test('a deleted stage takes its cards along and one undo brings all of it back', () => {
  const journey = alone();
  const told: number[] = [];
  journey.stages.ids.subscribe(() => told.push(journey.cell('pains', 'first').get().length));
  journey.cell('pains', 'first').get();
  expect(removeEntry(journey, 'stages', 'first')).toBe(3);
  expect(journey.cardCount.get()).toBe(0);
  expect(told).toEqual([0]);
  journey.steps.undo();
  expect(journey.stages.ids.get()).toEqual(['first', 'second']);
  expect(journey.cell('pains', 'first').get()).toEqual(['a', 'b', 'c']);
  expect(journey.card('a').get()?.text).toBe('A');
});

test('one card moved by two at once ends in one place', () => {
  const { ada, ben, sync } = pair();
  moveCard(ada, 'a', { lane: 'ideas', stage: 'first', index: 0 });
  moveCard(ben, 'a', { lane: 'pains', stage: 'second', index: 0 });
  sync();
  const places = [ada, ben].map((side) =>
    ['pains', 'ideas'].flatMap((lane) =>
      ['first', 'second']
        .filter((stage) => side.cell(lane, stage).get().includes('a'))
        .map((stage) => `${lane}/${stage}`),
    ),
  );
  expect(places[0]).toHaveLength(1);
  expect(places[0]).toEqual(places[1]);
});

test('two who insert at one place at once get one order, and a third card still fits between', () => {
  const { ada, ben, sync } = pair();
  const put = (id: string) => ({
    id,
    place: { lane: 'pains', stage: 'first', index: 1 },
    text: id,
    author: 'x',
    at: NOW,
  });
  addCard(ada, put('m'));
  addCard(ben, put('n'));
  sync();
  const cell = ada.cell('pains', 'first').get();
  expect(cell).toEqual(ben.cell('pains', 'first').get());
  expect(cell).toEqual(['a', 'm', 'n', 'b', 'c']);
  addCard(ada, { ...put('between'), place: { lane: 'pains', stage: 'first', index: 2 } });
  sync();
  expect(ben.cell('pains', 'first').get()).toEqual(['a', 'm', 'between', 'n', 'b', 'c']);
});

test('both type into one text and keep both', () => {
  const { ada, ben, sync } = pair();
  cardText(ada, 'a', 'text').write({ deletions: [], index: 0, insert: 'left ' });
  cardText(ben, 'a', 'text').write({ deletions: [], index: 1, insert: ' right' });
  sync();
  expect(ada.card('a').get()?.text).toBe('left A right');
  expect(ben.card('a').get()).toEqual(ada.card('a').get());
});

test('deleting wins over editing, on both sides alike', () => {
  const { ada, ben, sync } = pair();
  removeCards(ada, ['a']);
  cardText(ben, 'a', 'text').write({ deletions: [], index: 1, insert: 'nd more' });
  sync();
  expect(ada.card('a').get()).toBeUndefined();
  expect(ben.card('a').get()).toBeUndefined();
  expect(ben.cell('pains', 'first').get()).toEqual(['b', 'c']);
});

test('undo takes back own edits and leaves others’ alone', () => {
  const { ada, ben, sync } = pair();
  setCardFields(ada, 'a', { severity: 4 });
  setCardFields(ben, 'b', { severity: 2 });
  sync();
  expect(ada.steps.undo()).toBe(true);
  sync();
  expect(ben.card('a').get()?.severity).toBeUndefined();
  expect(ben.card('b').get()?.severity).toBe(2);
  expect(ada.steps.state.get().canUndo).toBe(false);
});

test('a new card and its typing are one step', () => {
  const journey = alone();
  addCard(journey, {
    id: 'new',
    place: { lane: 'pains', stage: 'second', index: 0 },
    text: 'N',
    author: 'Ada',
    at: NOW,
  });
  cardText(journey, 'new', 'text').write({ deletions: [], index: 1, insert: 'ew' });
  expect(journey.card('new').get()).toMatchObject({ text: 'New', author: 'Ada', createdAt: NOW });
  journey.steps.undo();
  expect(journey.card('new').get()).toBeUndefined();
  expect(journey.steps.state.get().canUndo).toBe(false);
});
