// Order keys: where an entry goes among its neighbours.
// Called by the write operations; pure. Keys are those of npm `fractional-indexing` (base 62) and are compared by code
// units. Two people who insert at one place at once get equal keys, and a foreign client may write anything: then as few
// neighbours as possible are given new keys.
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import type { Entry } from './entities';

/** New keys for one insertion: the inserted entry's, and those of neighbours that had to make room. */
export interface Placement {
  readonly order: string;
  readonly rekeyed: readonly { readonly id: string; readonly order: string }[];
}

/** New keys for several entries that go to one place together, in their order. */
export interface Placements {
  readonly orders: readonly string[];
  readonly rekeyed: Placement['rekeyed'];
}

/** Whether a key can stand beside generated ones: alphabet, length of its integer part, no trailing zero. */
export function isOrderKey(key: string): boolean {
  // The package checks neither the fraction's alphabet nor, since version 4, that a bound is below the other.
  if (!/^[A-Za-z][0-9A-Za-z]+$/.test(key)) return false;
  try {
    generateKeyBetween(key, null);
    generateKeyBetween(null, key);
    return true;
  } catch {
    return false;
  }
}

/** Keys that put one entry at `index` (0…length) of `sorted`, which is in screen order and without the entry itself. */
export function placeAt(sorted: readonly Entry[], index: number): Placement {
  const { orders, rekeyed } = placesAt(sorted, index, 1);
  return { order: orders[0] ?? generateKeyBetween(null, null), rekeyed };
}

/**
 * Keys that put `count` entries side by side at `index` (0…length) of `sorted`, which is without them.
 * Re-keys the smallest run of neighbours that touches the place and lies between two usable keys.
 */
export function placesAt(sorted: readonly Entry[], index: number, count: number): Placements {
  const at = Math.max(0, Math.min(index, sorted.length));
  const usable = sorted.map((entry) => isOrderKey(entry.order));
  for (let run = 0; run <= sorted.length; run += 1) {
    // A run of `run` neighbours around the place: it starts at `from` and ends before `from + run`.
    for (let from = Math.max(0, at - run); from <= at && from + run <= sorted.length; from += 1) {
      const below = from - 1;
      const above = from + run;
      if (below >= 0 && usable[below] !== true) continue;
      if (above < sorted.length && usable[above] !== true) continue;
      const low = sorted[below]?.order ?? null;
      const high = sorted[above]?.order ?? null;
      if (low !== null && high !== null && low >= high) continue;
      const keys = generateNKeysBetween(low, high, run + count);
      const orders = keys.slice(at - from, at - from + count);
      const others = [...keys.slice(0, at - from), ...keys.slice(at - from + count)];
      const rekeyed = sorted
        .slice(from, above)
        .map((entry, place) => ({ id: entry.id, order: others[place] ?? entry.order }));
      return { orders, rekeyed };
    }
  }
  // Not reached: the run over all entries has no bounds and always succeeds.
  return { orders: generateNKeysBetween(null, null, count), rekeyed: [] };
}
