// @vitest-environment happy-dom
// KEEP-2: that a map goes is said until something was recorded in it, by whomever.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addCard } from '../../model/cards';
import { type Journey, openJourney } from '../../model/journey';
import { type Table, table } from '../../model/testing/table';
import type { MapConnection, SaveState } from '../../sync/connection';
import { createStore, type WritableStore } from '../../sync/store';
import { whoAmI } from '../../wire/api';
import type { Me, Personal } from '../../wire/types';
import { ADA, sit } from '../testing/seat';
import { somebody, viewOf } from '../testing/workshop';
import { Going } from './Going';

vi.mock('../../wire/api', async (actual) => ({
  ...(await actual<typeof import('../../wire/api')>()),
  whoAmI: vi.fn(),
}));

const DELETED_ON = '2026-03-01T00:00:00Z';
const GOES: Me = { ...ADA, deletedOn: DELETED_ON };

let root: Root;
let set: Table;
let status: WritableStore<SaveState>;
let connection: MapConnection;

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  set = table();
  await set.connection.whenLoaded;
  status = createStore<SaveState>({ kind: 'saved', waiting: 0 });
  connection = { ...set.connection, status };
  set.shared.set(viewOf([], { seq: 10 }));
  set.personal.set(own());
  vi.mocked(whoAmI).mockReset().mockResolvedValue(ADA);
  root = await sit(connection, <Going connection={connection} deletedOn={DELETED_ON} />);
  vi.useFakeTimers();
  await later();
  expect([isSaid(), asked()]).toEqual([true, 0]);
});

afterEach(async () => {
  vi.useRealTimers();
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

const own = (): Personal => ({ participant: 'p1', role: 'participant' }) as Personal;
const isSaid = (): boolean => (document.body.textContent ?? '').includes('Will be deleted');
const asked = (): number => vi.mocked(whoAmI).mock.calls.length;
/** Whatever was to be asked has been asked and answered. */
const later = (): Promise<void> => act(async () => void (await vi.runAllTimersAsync()));
let cards = 0;
const write = (journey: Journey): void => {
  cards += 1;
  const place = { lane: 'pains', stage: 'first', index: 0 };
  addCard(journey, { id: `new${cards}`, place, text: 'New', author: 'p1', at: DELETED_ON });
};

test.each<readonly [string, () => unknown]>([
  ['another one’s edit', () => write(set.other)],
  ['an edit here', () => write(openJourney(connection.doc))],
  ['somebody who joins', () => set.shared.set(viewOf([somebody('p2', 'Ben')], { seq: 11 }))],
  ['a dot of one’s own', () => set.personal.set(own())],
])('KEEP-2 %s keeps the map', async (_, happen) => {
  await act(async () => void happen());
  await later();
  expect([isSaid(), asked()]).toEqual([false, 1]);
  // There is nothing more to ask for.
  write(set.other);
  await later();
  expect(asked()).toBe(1);
});

test('KEEP-2 an edit without a connection keeps nothing until it is acknowledged', async () => {
  status.set({ kind: 'offline', waiting: 1 });
  write(openJourney(connection.doc));
  await later();
  status.set({ kind: 'saving', waiting: 1 });
  await later();
  expect([isSaid(), asked()]).toEqual([true, 0]);
  status.set({ kind: 'saved', waiting: 0 });
  await later();
  expect([isSaid(), asked()]).toEqual([false, 1]);
});

test('KEEP-2 what is told again is no change, and the server’s word is what counts', async () => {
  set.shared.set(viewOf([somebody('p1', 'Ada')], { seq: 10 }));
  await later();
  expect(asked()).toBe(0);

  vi.mocked(whoAmI).mockResolvedValueOnce(GOES).mockRejectedValueOnce(new Error('away'));
  for (const times of [1, 2]) {
    for (let edit = 0; edit < 3; edit += 1) write(set.other);
    await later();
    expect([isSaid(), asked()]).toEqual([true, times]);
  }
  write(set.other);
  await later();
  expect([isSaid(), asked()]).toEqual([false, 3]);
});
