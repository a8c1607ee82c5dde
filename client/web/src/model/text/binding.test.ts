// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { removeCards } from '../cards';
import type { Journey } from '../journey';
import { alone, pair } from '../testing/desk';
import { bindText } from './binding';
import { cardText } from './field';

const bound: (() => void)[] = [];

afterEach(() => {
  for (const stop of bound.splice(0)) stop();
  document.body.replaceChildren();
});

function open(journey: Journey, id = 'a'): HTMLTextAreaElement {
  const area = document.createElement('textarea');
  document.body.append(area);
  bound.push(bindText(area, cardText(journey, id, 'text')));
  area.focus();
  return area;
}

/** Types at the caret, as a browser would report it. */
function type(area: HTMLTextAreaElement, text: string, at = area.value.length): void {
  area.value = area.value.slice(0, at) + text + area.value.slice(at);
  area.setSelectionRange(at + text.length, at + text.length);
  area.dispatchEvent(new Event('input'));
}

test('what is typed is in the map, and what others type is in the field', () => {
  const { ada, ben, sync } = pair();
  const area = open(ada);
  type(area, 'pple');
  sync();
  expect(ben.card('a').get()?.text).toBe('Apple');
  cardText(ben, 'a', 'text').write({ deletions: [], index: 0, insert: 'One ' });
  sync();
  expect(area.value).toBe('One Apple');
});

test('the caret stays where it is when others write before it', () => {
  const { ada, ben, sync } = pair();
  const area = open(ada);
  type(area, 'bc');
  area.setSelectionRange(2, 2);
  cardText(ben, 'a', 'text').write({ deletions: [], index: 0, insert: 'xyz' });
  sync();
  expect([area.value, area.selectionStart]).toEqual(['xyzAbc', 5]);
});

test('two people who type into one text at once keep all of it', () => {
  const { ada, ben, sync } = pair();
  const left = open(ada);
  const right = open(ben);
  type(left, ' and 😀', 1);
  type(right, ' but 🇫🇷', 1);
  sync();
  expect(left.value).toBe(right.value);
  expect(left.value).toContain(' and 😀');
  expect(left.value).toContain(' but 🇫🇷');
});

test('a composition is left alone, and lands where it was begun', () => {
  const { ada, ben, sync } = pair();
  const area = open(ada);
  area.dispatchEvent(new Event('compositionstart'));
  type(area, 'に');
  cardText(ben, 'a', 'text').write({ deletions: [], index: 0, insert: 'Ben: ' });
  sync();
  expect(area.value).toBe('Aに');
  expect(ben.card('a').get()?.text).toBe('Ben: A');
  area.value = 'A日本';
  area.setSelectionRange(3, 3);
  area.dispatchEvent(new Event('compositionend'));
  sync();
  expect(area.value).toBe('Ben: A日本');
  expect(area.selectionStart).toBe(8);
  expect(ben.card('a').get()?.text).toBe('Ben: A日本');
});

test('a composition given up still shows what others wrote meanwhile', () => {
  const { ada, ben, sync } = pair();
  const area = open(ada);
  area.dispatchEvent(new Event('compositionstart'));
  cardText(ben, 'a', 'text').write({ deletions: [], index: 1, insert: '!' });
  sync();
  area.dispatchEvent(new Event('compositionend'));
  expect(area.value).toBe('A!');
});

test('undo in the field takes back own words only', () => {
  const { ada, ben, sync } = pair();
  const area = open(ada);
  type(area, 'da');
  cardText(ben, 'a', 'text').write({ deletions: [], index: 0, insert: 'Ben ' });
  sync();
  ada.steps.undo();
  expect(area.value).toBe('Ben A');
});

test('the browser’s own undo is handed over', () => {
  const journey = alone();
  const area = document.createElement('textarea');
  const asked: string[] = [];
  bound.push(bindText(area, cardText(journey, 'a', 'text'), { history: (way) => asked.push(way) }));
  const event = new InputEvent('beforeinput', { inputType: 'historyUndo', cancelable: true });
  area.dispatchEvent(event);
  expect([asked, event.defaultPrevented]).toEqual([['undo'], true]);
});

test('a field outlives the text behind it: deleted, then brought back', () => {
  const journey = alone();
  const area = open(journey);
  removeCards(journey, ['a']);
  journey.steps.undo();
  type(area, 'gain');
  expect(journey.card('a').get()?.text).toBe('Again');
});

test('a plain string of a foreign client is shown, and becomes a shared text when typed in', () => {
  const journey = alone();
  const entry = journey.root('cards').get('a') as Y.Map<unknown>;
  entry.set('text', 'plain');
  const area = open(journey);
  expect(area.value).toBe('plain');
  type(area, '!');
  expect(journey.card('a').get()?.text).toBe('plain!');
  expect(entry.get('text')).toBeInstanceOf(Y.Text);
});

test('a card is written with its first letter, not before', () => {
  const journey = alone();
  const area = document.createElement('textarea');
  const begun: string[] = [];
  bound.push(
    bindText(
      area,
      cardText(journey, 'none', 'text', (text) => begun.push(text)),
    ),
  );
  expect(begun).toEqual([]);
  type(area, 'N');
  expect(begun).toEqual(['N']);
});

test('a line break pasted into a text of one line becomes a space', () => {
  const journey = alone();
  const area = document.createElement('textarea');
  bound.push(bindText(area, cardText(journey, 'a', 'text'), { oneLine: true }));
  type(area, ' first\nsecond');
  expect(journey.card('a').get()?.text).toBe('A first second');
  expect(area.value).toBe('A first second');
});
