// One root collection of the document as stores: a store per entry, and one for the order of ids.
// Used by `journey.ts` only. It reads the document and never writes it.
import type * as Y from 'yjs';
import { byOrder, type Entry } from './entities';
import { type Batch, Source, sameItems } from './source';

/** What became of one entry: absent before means added, absent after means deleted. */
export interface Change<T> {
  readonly id: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export class Collection<T extends Entry> {
  #root: Y.Map<unknown>;
  readonly #read: (id: string, value: unknown) => T | undefined;
  readonly #entries = new Map<string, T>();
  readonly #stores = new Map<string, Source<T | undefined>>();
  #sorted: readonly T[] = [];
  #isTurned = false;
  /** Ids in screen order; changes only when one is added, deleted or reordered. */
  readonly ids = new Source<readonly string[]>([], sameItems);
  /** All entries in screen order; changes whenever one of them does. */
  readonly all = new Source<readonly T[]>([]);

  constructor(root: Y.Map<unknown>, read: (id: string, value: unknown) => T | undefined) {
    this.#root = root;
    this.#read = read;
  }

  /** Reads from another document's root from now on, once `refresh` names what may be different. */
  turnTo(root: Y.Map<unknown>): void {
    this.#root = root;
    this.#isTurned = true;
  }

  get(id: string): T | undefined {
    return this.#entries.get(id);
  }

  values(): Iterable<T> {
    return this.#entries.values();
  }

  /** The store of one entry; it lives on when the entry is deleted, and carries it again after an undo. */
  one(id: string): Source<T | undefined> {
    const known = this.#stores.get(id);
    if (known !== undefined) return known;
    const store = new Source<T | undefined>(this.#entries.get(id));
    this.#stores.set(id, store);
    return store;
  }

  /** Reads the named entries anew and places what changed into `batch`. */
  refresh(ids: Iterable<string>, batch: Batch): readonly Change<T>[] {
    const changes: Change<T>[] = [];
    let reorder = false;
    for (const id of ids) {
      const before = this.#entries.get(id);
      const after = this.#root.has(id) ? this.#read(id, this.#root.get(id)) : undefined;
      if (before === undefined && after === undefined) continue;
      // Read from another document, what says the same is the same.
      if (this.#isTurned && JSON.stringify(before) === JSON.stringify(after)) continue;
      if (after === undefined) this.#entries.delete(id);
      else this.#entries.set(id, after);
      reorder ||= before?.order !== after?.order;
      changes.push({ id, before, after });
      const store = this.#stores.get(id);
      if (store !== undefined) batch.place(store, after);
    }
    this.#isTurned = false;
    if (changes.length === 0) return changes;
    this.#sorted = reorder
      ? [...this.#entries.values()].sort(byOrder)
      : this.#sorted.map((entry) => this.#entries.get(entry.id) ?? entry);
    batch.place(this.all, this.#sorted);
    batch.place(
      this.ids,
      this.#sorted.map((entry) => entry.id),
    );
    return changes;
  }
}
