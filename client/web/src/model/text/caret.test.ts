import { expect, test } from 'vitest';
import { pair } from '../testing/desk';
import { caretAt, caretIndex } from './caret';
import { cardText, metaText } from './field';

const TEXT = { root: 'cards', id: 'a', field: 'text' } as const;

test('a caret keeps its letter while others write before it', () => {
  const { ada, ben, sync } = pair();
  cardText(ada, 'a', 'text').write({ deletions: [], index: 1, insert: 'pple' });
  const caret: unknown = JSON.parse(JSON.stringify(caretAt(ada, TEXT, 3)));
  sync();
  cardText(ben, 'a', 'text').write({ deletions: [], index: 0, insert: 'One ' });
  expect(caretIndex(ben, TEXT, caret)).toBe(7);
  expect(caretIndex(ben, { ...TEXT, id: 'b' }, caret)).toBeUndefined();
});

test('a caret at the end stays behind what its owner types', () => {
  const { ada, ben, sync } = pair();
  cardText(ada, 'a', 'text').write({ deletions: [], index: 1, insert: 'b' });
  const caret = caretAt(ada, TEXT, 2);
  sync();
  cardText(ben, 'a', 'text').write({ deletions: [], index: 2, insert: ' later' });
  expect(caretIndex(ben, TEXT, caret)).toBe(2);
});

test.each([null, 7, {}, TEXT, { ...TEXT, at: { tname: 4, item: 'x' } }])(
  'nonsense %j is no caret',
  (caret) => {
    const { ada } = pair();
    expect(caretIndex(ada, TEXT, caret)).toBeUndefined();
  },
);

test('a caret in the map’s title is in no card', () => {
  const { ada, ben, sync } = pair();
  const title = metaText(ada, 'title').address;
  const caret = caretAt(ada, title, 5);
  sync();
  expect(caretIndex(ben, title, caret)).toBe(5);
  expect(caretIndex(ben, TEXT, caret)).toBeUndefined();
});
