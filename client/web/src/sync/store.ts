// A value with subscribers, in the shape React's useSyncExternalStore wants. Everything sync shows
// to the layers above is one of these; a store never does anything but hold and tell.

export interface Store<T> {
  get(): T;
  /** Calls `listener` after each change; returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

export interface WritableStore<T> extends Store<T> {
  set(value: T): void;
}

/** `same` decides whether a new value is worth telling; by default identity. */
export function createStore<T>(
  initial: T,
  same: (a: T, b: T) => boolean = Object.is,
): WritableStore<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (same(value, next)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
