import { expect, test } from 'vitest';
import { difference, wellFormed } from './difference';
import { carry, Drift } from './drift';

function applied(text: string, change: ReturnType<typeof difference>): string {
  if (change === undefined) return text;
  return text.slice(0, change.index) + change.insert + text.slice(change.index + change.remove);
}

test.each([
  ['typing at the end', 'aa', 'aaa', 3, { index: 2, remove: 0, insert: 'a' }],
  ['typing at the start', 'aa', 'aaa', 1, { index: 0, remove: 0, insert: 'a' }],
  ['backspace in the middle', 'aaa', 'aa', 1, { index: 1, remove: 1, insert: '' }],
  ['replacing a selection', 'one two', 'one 2', 5, { index: 4, remove: 3, insert: '2' }],
  ['a paste', 'ab', 'aXYb', 3, { index: 1, remove: 0, insert: 'XY' }],
  ['everything deleted', 'gone', '', 0, { index: 0, remove: 4, insert: '' }],
] as const)('%s', (_, before, after, caret, change) => {
  expect(difference(before, after, caret)).toEqual(change);
});

test('nothing changed', () => {
  expect(difference('same', 'same', 2)).toBeUndefined();
});

test('an emoji that shares its first half with another is replaced whole', () => {
  // U+1F600 and U+1F601 differ in their second unit only.
  expect(difference('😀', '😁', 2)).toEqual({ index: 0, remove: 2, insert: '😁' });
});

test('a family that loses a member is replaced whole', () => {
  const change = difference('a👩‍👩‍👧b', 'a👩‍👩b', 6);
  expect(change).toEqual({ index: 1, remove: '👩‍👩‍👧'.length, insert: '👩‍👩' });
});

test('an accent typed onto a letter replaces the letter', () => {
  expect(difference('cafe', 'cafe\u0301', 5)).toEqual({ index: 3, remove: 1, insert: 'e\u0301' });
});

test('a flag typed after a flag does not cut into either', () => {
  const change = difference('🇩🇪', '🇩🇪🇫🇷', 8);
  expect(applied('🇩🇪', change)).toBe('🇩🇪🇫🇷');
  expect([0, 4]).toContain(change?.index);
});

test('a lone surrogate becomes the replacement character', () => {
  expect(wellFormed('a\ud83db')).toBe('a\ufffdb');
  expect(wellFormed('a😀b')).toBe('a😀b');
});

test('any two texts: the change turns one into the other and cuts no pair', () => {
  const letters = ['a', 'b', ' ', '😀', '😁', '👩‍👩‍👧', 'e\u0301', '🇩🇪', '\n'];
  let seed = 3;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  const text = (): string =>
    Array.from({ length: random(8) }, () => letters[random(letters.length)] ?? '').join('');
  for (let round = 0; round < 600; round += 1) {
    const before = text();
    const after = text();
    const change = difference(before, after, random(after.length + 1));
    expect(applied(before, change)).toBe(after);
    if (change === undefined) continue;
    for (const part of [
      before.slice(0, change.index),
      before.slice(change.index, change.index + change.remove),
      change.insert,
    ]) {
      expect(wellFormed(part), JSON.stringify([before, after, change])).toBe(part);
    }
  }
});

test.each([
  ['an insertion before the caret pushes it', 3, [{ insert: 'xy' }], 5],
  ['an insertion at the caret leaves it', 3, [{ retain: 3 }, { insert: 'xy' }], 3],
  ['an insertion after the caret leaves it', 3, [{ retain: 4 }, { insert: 'xy' }], 3],
  ['a deletion before the caret pulls it', 3, [{ delete: 2 }], 1],
  ['a deletion around the caret brings it to its start', 3, [{ retain: 1 }, { delete: 4 }], 1],
  ['several steps add up', 5, [{ insert: 'ab' }, { retain: 1 }, { delete: 2 }], 5],
] as const)('%s', (_, caret, delta, after) => {
  expect(carry(caret, delta)).toBe(after);
});

test('a composed word keeps its place when others wrote before it', () => {
  const drift = new Drift(4);
  drift.note([{ insert: 'xx' }]);
  // "ab|cd" composed at 2 becomes an insertion at 4 of "xxabcd".
  expect(drift.resolve({ index: 2, remove: 0, insert: '語' })).toEqual({ deletions: [], index: 4 });
});

test('what others wrote inside a replaced word stays', () => {
  const drift = new Drift(4);
  drift.note([{ retain: 2 }, { insert: 'XY' }]);
  // "abcd" → "abXYcd"; the composition replaces "bc".
  const { deletions, index } = drift.resolve({ index: 1, remove: 2, insert: '!' });
  expect(index).toBe(1);
  expect(deletions).toEqual([
    { index: 4, length: 1 },
    { index: 1, length: 1 },
  ]);
});

test('what others deleted of a replaced word is not deleted again', () => {
  const drift = new Drift(4);
  drift.note([{ retain: 1 }, { delete: 2 }]);
  expect(drift.resolve({ index: 1, remove: 3, insert: '!' })).toEqual({
    deletions: [{ index: 1, length: 1 }],
    index: 1,
  });
});
