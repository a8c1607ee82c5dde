// How one person looks at the opportunities of a map: list or matrix, sorting, grouping, filter. Kept per open map, so that a visit to
// another screen changes nothing; it is nobody else's business and never shared.
import type { Journey } from '../../model/journey';
import { type Filter, type GroupBy, SHOW_ALL, type Sorting } from '../../model/opportunities';
import { createStore, type WritableStore } from '../../sync/store';
import { useBoard, useStore } from '../map/use';

export interface Look {
  readonly mode: 'list' | 'matrix';
  readonly groupBy: GroupBy;
  readonly sorting: Sorting;
  readonly filter: Filter;
}

const looks = new WeakMap<Journey, WritableStore<Look>>();

function lookAt(journey: Journey): WritableStore<Look> {
  const known = looks.get(journey);
  if (known !== undefined) return known;
  const store = createStore<Look>({
    mode: 'list',
    groupBy: 'rank',
    sorting: { by: 'score', reversed: false },
    filter: SHOW_ALL,
  });
  looks.set(journey, store);
  return store;
}

export function useLook(): readonly [Look, (change: Partial<Look>) => void] {
  const store = lookAt(useBoard().journey);
  const look = useStore(store);
  return [look, (change) => store.set({ ...store.get(), ...change })];
}

/** Today where this person is, as due dates are written. */
export function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
