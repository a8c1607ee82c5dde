// Reads a store of sync or model in a component.
import { useSyncExternalStore } from 'react';
import type { Store } from '../sync/store';

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
