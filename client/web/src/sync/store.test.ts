import { expect, test } from 'vitest';
import { createStore, derivedStore } from './store';

test('a derived store follows its sources and tells only of what is not the same', () => {
  const [a, b] = [createStore(1), createStore(10)];
  const sum = derivedStore([a, b], () => a.get() + b.get());
  const told: number[] = [];
  sum.subscribe(() => told.push(sum.get()));
  a.set(2);
  b.set(20);
  a.set(3);
  b.set(19);
  expect([sum.get(), told]).toEqual([22, [12, 22, 23, 22]]);
  const parity = derivedStore([a], () => a.get() % 2);
  let changes = 0;
  parity.subscribe(() => {
    changes += 1;
  });
  a.set(5);
  expect(changes).toBe(0);
});

test('a derived value is computed once for a state of its sources, and keeps its identity while it is the same', () => {
  const source = createStore(1);
  let computed = 0;
  const list = derivedStore(
    [source],
    () => {
      computed += 1;
      return [source.get() > 0];
    },
    (one, other) => one[0] === other[0],
  );
  const first = list.get();
  list.get();
  expect(computed).toBe(1);
  source.set(2);
  expect(list.get()).toBe(first);
  expect(computed).toBe(2);
});

test('whoever asks between a change and its telling takes the news from nobody', () => {
  const source = createStore(1);
  const derived = derivedStore([source], () => source.get() * 2);
  // Told before the derived store is, and asks it at once.
  source.subscribe(() => derived.get());
  let told = 0;
  derived.subscribe(() => {
    told += 1;
  });
  source.set(2);
  expect(told).toBe(1);
});

test('a derived store listens only while somebody listens to it', () => {
  let listeners = 0;
  const source = createStore(1);
  const counted = {
    get: source.get,
    subscribe(listener: () => void) {
      listeners += 1;
      const stop = source.subscribe(listener);
      return () => {
        listeners -= 1;
        stop();
      };
    },
  };
  const derived = derivedStore([counted], () => source.get());
  const stops = [derived.subscribe(() => undefined), derived.subscribe(() => undefined)];
  expect(listeners).toBe(1);
  for (const stop of stops) stop();
  expect(listeners).toBe(0);
  source.set(7);
  expect(derived.get()).toBe(7);
});
