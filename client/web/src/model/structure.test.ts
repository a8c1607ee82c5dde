import { expect, test } from 'vitest';
import { addCard, addComment, putBack, removeCards, setAddressed, setCardFields } from './cards';
import { LANE_WORDS } from './kinds';
import { addSource } from './sources';
import {
  addLane,
  addStage,
  duplicateEntry,
  moveEntry,
  removeEntry,
  setHidden,
  setLaneKind,
} from './structure';
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

test('a lane of another kind keeps its cards and their fields; a title nobody chose follows', () => {
  const { ada, ben, sync } = pair();
  const usual = addLane(ada, 2, 'note');
  setCardFields(ada, 'a', { severity: 4 });
  setLaneKind(ada, 'pains', 'opportunity');
  setLaneKind(ada, usual, 'action');
  sync();
  expect(ben.lanes.get('pains')).toMatchObject({
    kind: 'opportunity',
    title: LANE_WORDS.opportunity.title,
  });
  expect(ben.lanes.get(usual)).toMatchObject({ kind: 'action', title: LANE_WORDS.action.title });
  expect(ben.card('a').get()).toMatchObject({ lane: 'pains', severity: 4 });
  ada.steps.undo();
  ada.steps.undo();
  expect([ada.lanes.get('pains')?.kind, ada.lanes.get(usual)?.title]).toEqual([
    'pain',
    LANE_WORDS.note.title,
  ]);
});

test('a lane is duplicated with copies of its cards, in one step; links lead to the copies', () => {
  const { ada, ben, sync } = pair();
  const idea = addLane(ada, 2, 'opportunity', 'More');
  addCard(ada, {
    id: 'o',
    place: { lane: idea, stage: 'first', index: 0 },
    text: 'O',
    author: 'Ada',
    at: '2026-01-01T00:00:00Z',
  });
  setAddressed(ada, 'o', 'a', true);
  const depth = ada.steps.depth;
  const pains = duplicateEntry(ada, 'lanes', 'pains') ?? '';
  const twin = duplicateEntry(ada, 'lanes', idea) ?? '';
  sync();
  expect(ben.lanes.ids.get()).toEqual(['pains', pains, 'ideas', idea, twin]);
  expect(ben.cellCards(pains, 'first').map((card) => card.text)).toEqual(['A', 'B', 'C']);
  // Of a lane by itself, links to other lanes stay as they are.
  expect(ben.cellCards(twin, 'first').map((card) => [card.text, card.addresses])).toEqual([
    ['O', ['a']],
  ]);
  expect(ada.steps.depth).toBe(depth + 2);
  ada.steps.undo();
  ada.steps.undo();
  expect([ada.lanes.ids.get(), [...ada.cards()].length]).toEqual([['pains', 'ideas', idea], 4]);
});

test('a stage is duplicated with its cards in every lane, in their order', () => {
  const journey = alone();
  const twin = duplicateEntry(journey, 'stages', 'first') ?? '';
  expect(journey.stages.ids.get()).toEqual(['first', twin, 'second']);
  expect(journey.stages.get(twin)?.title).toBe('First');
  expect(journey.cellCards('pains', twin).map((card) => card.text)).toEqual(['A', 'B', 'C']);
  expect(duplicateEntry(journey, 'stages', 'no such')).toBeUndefined();
});
