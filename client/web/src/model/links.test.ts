import { expect, test } from 'vitest';
import { setAddressed } from './cards';
import { removeEntry, setLaneKind } from './structure';
import { alone, SMALL_MAP } from './testing/desk';
import { cardText } from './text/field';

const MAP = {
  ...SMALL_MAP,
  cards: [
    { id: 'a', lane: 'pains', stage: 'first', text: 'A' },
    { id: 'b', lane: 'pains', stage: 'first', text: 'B' },
    { id: 'o', lane: 'ideas', stage: 'first', text: 'O', addresses: ['a'] },
    { id: 'p', lane: 'ideas', stage: 'second', text: 'P', addresses: ['a', 'b'] },
  ],
};

test('a card knows which opportunities address it, also after an undo', () => {
  const journey = alone(MAP);
  expect(journey.addressedBy('a').get()).toEqual(['o', 'p']);
  setAddressed(journey, 'o', 'b', true);
  expect(journey.addressedBy('b').get()).toEqual(['o', 'p']);
  removeEntry(journey, 'stages', 'second');
  expect(journey.addressedBy('a').get()).toEqual(['o']);
  journey.steps.undo();
  expect(journey.addressedBy('a').get()).toEqual(['o', 'p']);
});

test('only what is told is what changed, and typing in an opportunity tells nothing', () => {
  const journey = alone(MAP);
  const told: string[] = [];
  for (const id of ['a', 'b', 'o']) {
    journey.addressedBy(id).subscribe(() => told.push(id));
  }
  cardText(journey, 'o', 'text').write({ deletions: [], index: 1, insert: 'h' });
  expect(journey.card('o').get()?.text).toBe('Oh');
  expect(told).toEqual([]);
  setAddressed(journey, 'p', 'b', false);
  expect(told).toEqual(['b']);
});

test('a lane that is no longer one of opportunities addresses nothing', () => {
  const journey = alone(MAP);
  setLaneKind(journey, 'ideas', 'note');
  expect(journey.addressedBy('a').get()).toEqual([]);
});
