import { describe, expect, test } from 'vitest';
import { byOrder, type Entry } from './entities';
import { isOrderKey, placeAt } from './order';

function entries(...orders: string[]): Entry[] {
  return orders.map((order, index) => ({ id: `e${index}`, order })).sort(byOrder);
}

/** The ids in screen order after an insertion, with how many neighbours were re-keyed. */
function insert(sorted: readonly Entry[], index: number): { ids: string[]; rekeyed: number } {
  const { order, rekeyed } = placeAt(sorted, index);
  const keys = new Map(rekeyed.map((entry) => [entry.id, entry.order]));
  const after = [
    ...sorted.map((entry) => ({ ...entry, order: keys.get(entry.id) ?? entry.order })),
    { id: 'new', order },
  ].sort(byOrder);
  return { ids: after.map((entry) => entry.id), rekeyed: rekeyed.length };
}

function expected(sorted: readonly Entry[], index: number): string[] {
  return sorted.map((entry) => entry.id).toSpliced(index, 0, 'new');
}

test.each(['a0', 'a1', 'Zz', 'a0V', 'b00', 'Y00'])('%s is an order key', (key) => {
  expect(isOrderKey(key)).toBe(true);
});

test.each(['', 'a', 'a00', 'b0', '0', 'ä0', 'a0-', 'a 1', 'A00000000000000000000000000'])(
  '"%s" is no order key',
  (key) => {
    expect(isOrderKey(key)).toBe(false);
  },
);

describe('an entry goes where it is put', () => {
  test.each([
    ['into nothing', [], 0, 0],
    ['first', ['a0', 'a1'], 0, 0],
    ['between', ['a0', 'a1'], 1, 0],
    ['last', ['a0', 'a1'], 2, 0],
    ['between equal keys, which moves one neighbour', ['a0', 'a1', 'a1', 'a2'], 2, 1],
    ['among three equal keys', ['a1', 'a1', 'a1'], 1, 1],
    ['after an invalid key at the end', ['a0', 'zzz'], 2, 1],
    ['before an invalid key at the start', ['', 'a0'], 0, 1],
    ['between invalid keys only, which moves them all', ['', '', '!'], 1, 3],
    ['beyond the end', ['a0'], 9, 0],
  ] as const)('%s', (_, orders, index, rekeyed) => {
    const sorted = entries(...orders);
    const at = Math.min(index, sorted.length);
    expect(insert(sorted, index)).toEqual({ ids: expected(sorted, at), rekeyed });
  });
});

test('any keys, any place: the entry lands there and everyone else keeps their order', () => {
  const pool = ['', 'a0', 'a0', 'a1', 'a1', 'a2', 'zzz', 'a00', 'Zz', '~', 'b00'];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  for (let round = 0; round < 400; round += 1) {
    const count = random(7);
    const sorted = entries(...Array.from({ length: count }, () => pool[random(pool.length)] ?? ''));
    const index = random(count + 1);
    expect(insert(sorted, index).ids, JSON.stringify([sorted, index])).toEqual(
      expected(sorted, index),
    );
  }
});
