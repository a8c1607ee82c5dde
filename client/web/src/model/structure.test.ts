import { expect, test } from 'vitest';
import { addComment, putBack, removeCards, setAddressed, setCardFields } from './cards';
import { LANE_WORDS } from './kinds';
import { addSource } from './sources';
import { addLane, addStage, moveEntry, removeEntry, setHidden, setLaneKind } from './structure';
import { alone, pair } from './testing/desk';

test('a new stage goes where it is asked for, with texts ready for two to type in', () => {
  const { ada, ben, sync } = pair();
  const id = addStage(ada, 1, '');
  sync();
  expect(ben.stages.ids.get()).toEqual(['first', id, 'second']);
  expect(ben.root('stages').get(id)).toHaveProperty('size', 3);
});

test('a second lane of a kind is told apart by its title', () => {
  const journey = alone();
  const id = addLane(journey, 2, 'pain');
  expect(journey.lanes.get(id)?.title).toBe(`${LANE_WORDS.pain.title} 2`);
});

test('reordering the same stage by two at once ends in one order', () => {
  const { ada, ben, sync } = pair();
  const third = addStage(ada, 2, 'Third');
  sync();
  moveEntry(ada, 'stages', third, 0);
  moveEntry(ben, 'stages', third, 1);
  sync();
  expect(ada.stages.ids.get()).toEqual(ben.stages.ids.get());
  expect(ada.stages.ids.get().filter((id) => id === third)).toHaveLength(1);
});

test('a hidden lane is out of sight and keeps its cards', () => {
  const journey = alone();
  setHidden(journey, 'pains', true);
  expect(journey.shownLanes.get()).toEqual(['ideas']);
  expect(journey.cardCount.get()).toBe(3);
  journey.steps.undo();
  expect(journey.shownLanes.get()).toEqual(['pains', 'ideas']);
});

test('a lane deleted while somebody adds to it: both sides agree, and undo brings the cards back', () => {
  const { ada, ben, sync } = pair();
  expect(removeEntry(ada, 'lanes', 'pains')).toBe(3);
  setCardFields(ben, 'b', { severity: 5 });
  sync();
  expect(ben.lanes.ids.get()).toEqual(['ideas']);
  expect(ben.cardCount.get()).toBe(0);
  ada.steps.undo();
  sync();
  expect(ben.cell('pains', 'first').get()).toEqual(['a', 'b', 'c']);
});

test('a deleted card takes its comments along and undo brings both back', () => {
  const journey = alone();
  addComment(journey, 'a', 'Really?', 'Ada', '2026-11-23T12:00:00Z');
  removeCards(journey, ['a']);
  expect(journey.thread('a').get()).toEqual([]);
  journey.steps.undo();
  expect(journey.thread('a').get()).toMatchObject([{ text: 'Really?', author: 'Ada' }]);
});

test('a card put back is the card that was lost, defaults left out', () => {
  const { ada, ben, sync } = pair();
  setCardFields(ada, 'a', { severity: 3 });
  addSource(ada, 'a', { kind: 'survey', title: 'S' });
  const seen = ada.card('a').get();
  sync();
  removeCards(ben, ['a']);
  sync();
  if (seen === undefined) throw new Error('The card was never there.');
  putBack(ada, seen);
  sync();
  expect(ben.card('a').get()).toMatchObject({ ...seen, order: expect.any(String) });
  expect(Object.keys(ben.root('cards').toJSON().a)).not.toContain('owned');
});

test('what an opportunity addresses is a set', () => {
  const journey = alone();
  setAddressed(journey, 'a', 'b', true);
  setAddressed(journey, 'a', 'b', true);
  expect(journey.card('a').get()?.addresses).toEqual(['b']);
  setAddressed(journey, 'a', 'b', false);
  expect(journey.card('a').get()?.addresses).toEqual([]);
});

test('a lane of another kind keeps what its cards had, and undo makes it what it was', () => {
  const journey = alone();
  setCardFields(journey, 'a', { severity: 4 });
  setLaneKind(journey, 'pains', 'expectation');
  expect(journey.lanes.get('pains')?.kind).toBe('expectation');
  expect(Object.keys(journey.root('cards').toJSON().a)).toContain('actual');
  expect(journey.card('a').get()?.severity).toBe(4);
  journey.steps.undo();
  expect(journey.lanes.get('pains')?.kind).toBe('pain');
});
