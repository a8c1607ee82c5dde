// Stores that change together: values are put in place first and subscribers told afterwards, so that nobody who is
// told about a card can still see the old cell. Used by `journey.ts` only; `sync/store.ts` has the reading side.
import type { Store } from '../sync/store';

export class Source<T> implements Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  readonly #same: (a: T, b: T) => boolean;

  constructor(initial: T, same: (a: T, b: T) => boolean = Object.is) {
    this.#value = initial;
    this.#same = same;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Puts a value in place without telling; returns whether there is something to tell. */
  place(value: T): boolean {
    if (this.#same(this.#value, value)) return false;
    this.#value = value;
    return true;
  }

  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Collects placed values of many sources, then tells each source's subscribers once. */
export class Batch {
  readonly #touched = new Set<{ tell(): void }>();

  place<T>(source: Source<T>, value: T): void {
    if (source.place(value)) this.#touched.add(source);
  }

  tell(): void {
    for (const source of this.#touched) source.tell();
    this.#touched.clear();
  }
}

/** Lists that are equal item by item are the same value to a subscriber. */
export function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
