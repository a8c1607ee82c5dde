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

/**
 * A store of what follows from others. It computes when it is asked or when one of `sources` tells, tells on only what
 * is not the `same`, and listens to them only while somebody listens to it.
 */
export function derivedStore<T>(
  sources: readonly Store<unknown>[],
  compute: () => T,
  same: (a: T, b: T) => boolean = Object.is,
): Store<T> {
  let seen: readonly unknown[] | undefined;
  let held: { readonly value: T } | undefined;
  const listeners = new Set<() => void>();
  let stops: readonly (() => void)[] = [];
  const get = (): T => {
    const now = sources.map((source) => source.get());
    if (held !== undefined && now.every((value, index) => Object.is(value, seen?.[index]))) {
      return held.value;
    }
    seen = now;
    const value = compute();
    if (held === undefined || !same(held.value, value)) held = { value };
    return held.value;
  };
  // What listeners know, which is not what was computed last: somebody may have asked between a change and its telling.
  let told: T;
  const onSource = (): void => {
    const value = get();
    if (Object.is(value, told)) return;
    told = value;
    for (const listener of [...listeners]) listener();
  };
  return {
    get,
    subscribe(listener) {
      if (listeners.size === 0) {
        told = get();
        stops = sources.map((source) => source.subscribe(onSource));
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        for (const stop of stops) stop();
        stops = [];
      };
    },
  };
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
