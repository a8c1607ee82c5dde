import { expect, test } from 'vitest';
import { addCard, moveCards, removeCards, setCardFields } from './cards';
import { writeCopies } from './copies';
import type { Journey } from './journey';
import { addStage } from './structure';
import { pair } from './testing/desk';
import { cardText, entryText } from './text/field';

function write(journey: Journey, card: string, text: string, index = 0): void {
  cardText(journey, card, 'text').write({ deletions: [], index, insert: text });
}

function texts(journey: Journey, lane = 'pains', stage = 'first'): string[] {
  return journey.cellCards(lane, stage).map((card) => card.text);
}

const MINE = {
  place: { lane: 'ideas', stage: 'first', index: 0 },
  author: 'Ada',
  at: '2026-01-01T00:00:00Z',
};

test('MAP-40 undo leaves what others did meanwhile: their words, their moves, their cards', () => {
  const { ada, ben, sync } = pair();
  setCardFields(ada, 'a', { severity: 4 });
  sync();
  write(ben, 'a', 'Ben’s ');
  addCard(ben, { ...MINE, id: 'n', text: 'New', author: 'Ben' });
  moveCards(ben, [{ id: 'b', lane: 'pains', stage: 'second' }]);
  sync();
  ada.steps.undo();
  sync();
  for (const one of [ada, ben]) {
    expect(one.card('a').get()).toMatchObject({ text: 'Ben’s A' });
    expect(one.card('a').get()?.severity).toBeUndefined();
    expect(texts(one, 'ideas')).toEqual(['New']);
    expect(texts(one, 'pains', 'second')).toEqual(['B']);
  }
});

test('MAP-40 undoing a new card in which somebody else wrote leaves the card with their words', () => {
  const { ada, ben, sync } = pair();
  addCard(ada, { ...MINE, id: 'n', text: 'Ada' });
  sync();
  write(ben, 'n', ' and Ben', 3);
  sync();
  ada.steps.undo();
  sync();
  expect([texts(ada, 'ideas'), texts(ben, 'ideas')]).toEqual([[' and Ben'], [' and Ben']]);
  ada.steps.redo();
  sync();
  expect(texts(ben, 'ideas')).toEqual(['Ada and Ben']);
});

test('undoing a new card that somebody else only moved takes it away', () => {
  const { ada, ben, sync } = pair();
  addCard(ada, { ...MINE, id: 'n', text: 'Ada' });
  sync();
  moveCards(ben, [{ id: 'n', lane: 'pains', stage: 'second' }]);
  sync();
  ada.steps.undo();
  sync();
  expect(ben.card('n').get()).toBeUndefined();
});

test('undoing one’s own field in a card that others wrote in takes that field back', () => {
  const { ada, ben, sync } = pair();
  addCard(ada, { ...MINE, id: 'n', text: 'Ada' });
  sync();
  write(ben, 'n', 'Ben ', 0);
  sync();
  setCardFields(ada, 'n', { impact: 5 });
  ada.steps.undo();
  sync();
  expect(ben.card('n').get()).toMatchObject({ text: 'Ben Ada' });
  expect(ben.card('n').get()?.impact).toBeUndefined();
});

test('MAP-40 a stage that others renamed outlives the undo of its making', () => {
  const { ada, ben, sync } = pair();
  const id = addStage(ada, 2, 'Mine');
  sync();
  entryText(ben, 'stages', id, 'title').write({ deletions: [], index: 0, insert: 'Not only ' });
  sync();
  ada.steps.undo();
  sync();
  expect(ben.stages.get(id)?.title).toBe('Not only ');
});

test('several cards pasted, moved or deleted are one step each', () => {
  const { ada, ben, sync } = pair();
  const cards = ada.cellCards('pains', 'first');
  writeCopies(
    ada,
    cards.map((card) => ({ card, lane: 'ideas', stage: 'first' })),
  );
  moveCards(
    ada,
    cards.map(({ id }) => ({ id, lane: 'pains', stage: 'second' })),
  );
  removeCards(ada, ['a', 'c']);
  sync();
  expect([texts(ben, 'ideas'), texts(ben, 'pains', 'second')]).toEqual([['A', 'B', 'C'], ['B']]);
  const seen = [];
  while (ada.steps.undo()) {
    sync();
    seen.push([texts(ben), texts(ben, 'pains', 'second'), texts(ben, 'ideas')]);
  }
  expect(seen).toEqual([
    [[], ['A', 'B', 'C'], ['A', 'B', 'C']],
    [['A', 'B', 'C'], [], ['A', 'B', 'C']],
    [['A', 'B', 'C'], [], []],
  ]);
});
