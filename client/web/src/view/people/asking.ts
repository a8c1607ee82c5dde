// What is asked about people, over the page: one question at a time, from wherever it was begun. `Asked` draws it.
import type { MapConnection } from '../../sync/connection';
import { createStore, type WritableStore } from '../../sync/store';
import type { Person } from '../../wire/types';
import type { Board } from '../map/board';

export type Asking =
  | { readonly ask: 'remove' | 'erase'; readonly person: Person }
  /** Without somebody in particular it is asked whom. */
  | { readonly ask: 'hand-over'; readonly person?: Person }
  | { readonly ask: 'parking' };

const stores = new WeakMap<MapConnection, WritableStore<Asking | null>>();

export function askedOf({ connection }: Pick<Board, 'connection'>): WritableStore<Asking | null> {
  const known = stores.get(connection);
  if (known !== undefined) return known;
  const made = createStore<Asking | null>(null);
  stores.set(connection, made);
  return made;
}

export function openParking(board: Board): void {
  askedOf(board).set({ ask: 'parking' });
}
