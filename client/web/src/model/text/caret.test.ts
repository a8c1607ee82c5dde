import { expect, test } from 'vitest';
import { pair } from '../testing/desk';
import { caretAt, caretIndex } from './caret';
import { cardText } from './field';

test('a caret keeps its letter while others write before it', () => {
  const { ada, ben, sync } = pair();
  cardText(ada, 'a', 'text').write({ deletions: [], index: 1, insert: 'pple' });
  const caret: unknown = JSON.parse(JSON.stringify(caretAt(ada, 'a', 3)));
  sync();
  cardText(ben, 'a', 'text').write({ deletions: [], index: 0, insert: 'One ' });
  expect(caretIndex(ben, 'a', caret)).toBe(7);
  expect(caretIndex(ben, 'b', caret)).toBeUndefined();
});

test('a caret at the end stays behind what its owner types', () => {
  const { ada, ben, sync } = pair();
  cardText(ada, 'a', 'text').write({ deletions: [], index: 1, insert: 'b' });
  const caret = caretAt(ada, 'a', 2);
  sync();
  cardText(ben, 'a', 'text').write({ deletions: [], index: 2, insert: ' later' });
  expect(caretIndex(ben, 'a', caret)).toBe(2);
});

test.each([null, 7, {}, { card: 'a' }, { card: 'a', at: { tname: 4, item: 'x' } }])(
  'nonsense %j is no caret',
  (caret) => {
    const { ada } = pair();
    expect(caretIndex(ada, 'a', caret)).toBeUndefined();
  },
);
