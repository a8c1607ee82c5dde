// Presence comes from other people's programs: it is read for its shape and nothing else.
import { expect, test } from 'vitest';
import { readPeers } from './presence';

const jo = { id: 'p2', name: 'Jo', color: '#16745c' };

function read(...states: Record<string, unknown>[]) {
  return readPeers(new Map(states.map((state, at) => [at + 1, state])), 99);
}

test('oneself is not a peer', () => {
  expect(readPeers(new Map([[7, { user: jo }]]), 7)).toEqual([]);
});

test('a state without a user, or with a malformed one, is passed over', () => {
  expect(read({}, { user: null }, { user: 'Jo' }, { user: { id: 1, name: 'x' } })).toEqual([]);
});

test('a colour that is not #rrggbb never reaches a style', () => {
  expect(read({ user: { ...jo, color: 'red;background:url(//x)' } })[0]?.user.color).toMatch(
    /^#[0-9a-f]{6}$/,
  );
});

test('cursor, focus and drag are kept when whole and left out when not', () => {
  expect(
    read({
      user: jo,
      focus: { card: 'c1', field: 4 },
      cursor: { x: 0.5, y: 0.25 },
      drag: { card: 'c1' },
    }),
  ).toEqual([{ clientId: 1, user: jo, focus: { card: 'c1' }, cursor: { x: 0.5, y: 0.25 } }]);
  const cell = { lane: 'l1', stage: 's1', x: 0, y: 1 };
  const over = { x: 0.5, y: 0.25, cell };
  expect(read({ user: jo, cursor: over })[0]?.cursor).toEqual(over);
  expect(read({ user: jo, cursor: { ...over, cell: { ...cell, x: 2 } } })[0]?.cursor).toEqual({
    x: 0.5,
    y: 0.25,
  });
  expect(read({ user: jo, cursor: { x: 9, y: Number.NaN } })).toEqual([{ clientId: 1, user: jo }]);
});

test('a peer who did nothing stays the same object', () => {
  const known = new WeakMap();
  const still = { user: jo };
  const first = readPeers(new Map([[1, still]]), 99, known);
  const second = readPeers(
    new Map<number, Record<string, unknown>>([
      [1, still],
      [2, { user: { ...jo, id: 'p3' } }],
    ]),
    99,
    known,
  );
  expect(second[0]).toBe(first[0]);
  expect(second).toHaveLength(2);
});
