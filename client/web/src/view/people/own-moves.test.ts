// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { onlyHere } from './only-here';
import { isOwnKey } from './own-moves';

beforeEach(() => {
  document.body.innerHTML = `
    <button id="bar">Stop</button>
    <div role="grid"><div id="card" tabindex="0"></div><textarea id="text"></textarea></div>
    <main id="page"></main>
    <div role="dialog"><button id="close">Close</button><input id="field" /></div>`;
});

const at = (id: string): Element => document.getElementById(id) as Element;

test.each([
  ['Escape', 'bar'],
  ['Escape', 'card'],
  ['ArrowDown', 'card'],
  ['n', 'card'],
  ['a', 'text'],
  ['a', 'field'],
  ['PageDown', 'page'],
  [' ', 'page'],
])('%s on the %s is going one’s own way', (key, id) => {
  expect(isOwnKey(key, at(id))).toBe(true);
});

test.each([
  ['Tab', 'card'],
  ['Shift', 'text'],
  [' ', 'bar'],
  ['Enter', 'bar'],
  ['Escape', 'close'],
  ['ArrowDown', 'close'],
  ['a', 'page'],
])('%s on the %s is not', (key, id) => {
  expect(isOwnKey(key, at(id))).toBe(false);
});

test('links from a name that means this computer lead nowhere for others', () => {
  const says = (name: string): boolean => onlyHere(name) !== null;
  expect(['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'cairn.localhost'].map(says)).toEqual(
    Array(5).fill(true),
  );
  expect(['cairn.example', '192.168.1.9', '[fe80::1]', 'localhost.example'].map(says)).toEqual(
    Array(4).fill(false),
  );
});
