// Which opportunities address a card: the other direction of `addresses`, as one small store per card.
// Made by `journey.ts`, read by the view. Rebuilt only when an `addresses` list or a lane's kind changes, never for typing.
import type { Store } from '../sync/store';
import type { Change } from './collection';
import type { Card, Lane } from './entities';
import { type Batch, Source, sameItems } from './source';

const NOBODY: readonly string[] = [];

export class Links {
  #by = new Map<string, readonly string[]>();
  readonly #stores = new Map<string, Source<readonly string[]>>();

  /** Ids of the opportunities that address the card, in the order of their ids. */
  to(card: string): Store<readonly string[]> {
    const known = this.#stores.get(card);
    if (known !== undefined) return known;
    const store = new Source<readonly string[]>(this.#by.get(card) ?? NOBODY, sameItems);
    this.#stores.set(card, store);
    return store;
  }

  refresh(
    cards: Iterable<Card>,
    changes: readonly Change<Card>[],
    lanes: readonly Change<Lane>[],
    laneOf: (id: string) => Lane | undefined,
    batch: Batch,
  ): void {
    if (
      !changes.some(matters) &&
      !lanes.some(({ before, after }) => before?.kind !== after?.kind)
    ) {
      return;
    }
    const found = new Map<string, string[]>();
    for (const card of cards) {
      if (laneOf(card.lane)?.kind !== 'opportunity') continue;
      for (const target of new Set(card.addresses)) {
        found.set(target, [...(found.get(target) ?? []), card.id]);
      }
    }
    for (const ids of found.values()) ids.sort();
    for (const [card, store] of this.#stores) batch.place(store, found.get(card) ?? NOBODY);
    this.#by = found;
  }
}

function matters({ before, after }: Change<Card>): boolean {
  const links = (before?.addresses.length ?? 0) + (after?.addresses.length ?? 0);
  if (links === 0) return false;
  return (
    before?.lane !== after?.lane || !sameItems(before?.addresses ?? [], after?.addresses ?? [])
  );
}
