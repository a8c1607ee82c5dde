import { expect, test } from 'vitest';
import { setCardFields } from './cards';
import { lineOf } from './emotion';
import { addPersona, movePersona, removePersona, setPersonaList, setPrimary } from './personas';
import { setLaneKind } from './structure';
import { alone, pair } from './testing/desk';

test('two people who change different lines of a list keep both', () => {
  const { ada, ben, sync } = pair();
  const id = addPersona(ada, 'Mira');
  setPersonaList(ada, id, 'goals', ['one', 'two', 'three']);
  sync();
  setPersonaList(ada, id, 'goals', ['ONE', 'two', 'three']);
  setPersonaList(ben, id, 'goals', ['one', 'two', 'THREE']);
  sync();
  expect(ada.personas.get(id)?.goals).toEqual(['ONE', 'two', 'THREE']);
});

test('one persona is primary at a time', () => {
  const journey = alone();
  const mira = addPersona(journey, 'Mira');
  const tomasz = addPersona(journey, 'Tomasz');
  setPrimary(journey, tomasz);
  expect(journey.personas.get(mira)?.primary).toBe(false);
  expect(journey.personas.get(tomasz)?.primary).toBe(true);
  setPrimary(journey, tomasz, false);
  expect(journey.personas.all.get().some((one) => one.primary)).toBe(false);
});

test('personas change places, and one undo puts them back', () => {
  const journey = alone();
  const [mira, tomasz, ines] = ['Mira', 'Tomasz', 'Ines'].map((name) => addPersona(journey, name));
  if (mira === undefined || ines === undefined) throw new Error('There are no personas.');
  expect(movePersona(journey, ines, -1)).toBe(true);
  expect(journey.personas.ids.get()).toEqual([mira, ines, tomasz]);
  expect(movePersona(journey, mira, -1)).toBe(false);
  journey.steps.undo();
  expect(journey.personas.ids.get()).toEqual([mira, tomasz, ines]);
});

test('MAP-26: the feelings of a deleted persona count as everyone’s until an undo gives them back', () => {
  const journey = alone();
  setLaneKind(journey, 'pains', 'emotion');
  const mira = addPersona(journey, 'Mira');
  setCardFields(journey, 'a', { score: 1, persona: mira });
  setCardFields(journey, 'b', { score: 0 });
  expect(removePersona(journey, mira)).toBe(1);
  const line = (): string => {
    const card = journey.card('a').get();
    if (card === undefined) throw new Error('The card is gone.');
    return lineOf(card, journey.personas.all.get());
  };
  expect(line()).toBe('');
  journey.steps.undo();
  expect(line()).toBe(mira);
});
