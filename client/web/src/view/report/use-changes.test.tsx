// @vitest-environment happy-dom
// What the report says of the time since the last review: by the history where it can be asked, else by what the map knows.
import { act, type JSX } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addCard } from '../../model/cards';
import { setReview } from '../../model/scope';
import { comparison } from '../../model/testing/comparison';
import { type Table, table } from '../../model/testing/table';
import type { MapConnection, SaveState } from '../../sync/connection';
import { createStore, type WritableStore } from '../../sync/store';
import type { Comparison } from '../../wire/compare';
import { compareMaps, mapVersions } from '../../wire/past';
import { unreachable } from '../../wire/problem';
import type { ReviewReport, VersionList } from '../../wire/versions';
import { loadParts } from '../later';
import { sit } from '../testing/seat';
import { Knowledge } from './Knowledge';
import { useChangesSinceReview } from './use-changes';
import { useReport } from './use-report';

vi.mock('../../wire/past', async (actual) => ({
  ...(await actual<typeof import('../../wire/past')>()),
  compareMaps: vi.fn(),
  mapVersions: vi.fn(),
}));

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
  setReview(set.other, { lastReviewed: '2026-10-01' });
  vi.mocked(mapVersions).mockReset().mockResolvedValue(reviewed('2026-09-01', '2026-10-01'));
  vi.mocked(compareMaps).mockReset().mockResolvedValue(removed(1));
});

afterEach(async () => {
  vi.useRealTimers();
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

/** The history with a review on each of these days, at records 10, 20, … */
const reviewed = (...days: readonly string[]): VersionList => ({
  seq: 99,
  edited: 99,
  versions: [],
  reviews: days.map((day, at): ReviewReport => ({ seq: 10 * (at + 1), at: 0, day })),
});

const removed = (cards: number): Comparison => {
  const place = { stage: 'First', lane: 'Pains' };
  return comparison({
    cards: {
      ...comparison({}).cards,
      removed: Array.from({ length: cards }, (_, at) => ({ id: `r${at}`, text: '', place })),
    },
  });
};

function Report(): JSX.Element {
  const report = useReport(useChangesSinceReview());
  return <Knowledge report={report} map={connection.mapId} />;
}

async function open(): Promise<void> {
  await loadParts();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  root = await sit(connection, <Report />);
}

const section = (): Element | null =>
  document.querySelector('[aria-label="Since the last review"]');
const said = (): string => section()?.querySelector('p')?.textContent?.split(': ')[1] ?? '';
const link = (): string | null | undefined => section()?.querySelector('a')?.getAttribute('href');
const later = (): Promise<void> => act(async () => void (await vi.runAllTimersAsync()));

let cards = 0;
function othersWrite(): Promise<void> {
  cards += 1;
  const place = { lane: 'pains', stage: 'first', index: 0 };
  return act(async () =>
    addCard(set.other, { id: `new${cards}`, place, text: 'New', author: 'p2', at: '' }),
  );
}

const BY_DAYS = 'no card added, no comment written.';

test('what changed since the record of the review is counted, with the way to each change', async () => {
  await open();
  expect(said()).toBe('1 card removed.');
  expect(vi.mocked(compareMaps).mock.calls).toEqual([[connection.mapId, '?from=20']]);
  expect(link()).toBe(`/map/${connection.mapId}/compare?since=review`);
});

test.each<[string, () => void]>([
  ['cannot be asked', () => vi.mocked(mapVersions).mockRejectedValue(unreachable())],
  ['cannot compare', () => vi.mocked(compareMaps).mockRejectedValue(unreachable())],
  ['holds no review', () => vi.mocked(mapVersions).mockResolvedValue(reviewed())],
  [
    'holds another one only',
    () => vi.mocked(mapVersions).mockResolvedValue(reviewed('2026-09-01')),
  ],
])('where the history %s, it is counted by days', async (_, happen) => {
  happen();
  await open();
  expect(said()).toContain(BY_DAYS);
  expect(link()).toBeUndefined();
});

test('it is asked again once for all that is written in a while', async () => {
  await open();
  vi.mocked(compareMaps).mockResolvedValue(removed(2));
  for (let edit = 0; edit < 3; edit += 1) await othersWrite();
  expect(said()).toBe('1 card removed.');
  await later();
  expect([said(), vi.mocked(compareMaps).mock.calls.length]).toEqual(['2 cards removed.', 2]);
});

test('it is asked again when the connection is back', async () => {
  vi.mocked(mapVersions).mockRejectedValue(unreachable());
  status.set({ kind: 'offline', waiting: 0 });
  await open();
  await later();
  expect(said()).toContain(BY_DAYS);
  vi.mocked(mapVersions).mockResolvedValue(reviewed('2026-10-01'));
  await act(async () => status.set({ kind: 'saved', waiting: 0 }));
  await later();
  expect(said()).toBe('1 card removed.');
});

test('a new review begins anew, whatever was answered of the one before', async () => {
  await open();
  await act(async () => setReview(set.other, { lastReviewed: '2026-11-01' }));
  expect(said()).toContain(BY_DAYS);
  vi.mocked(mapVersions).mockResolvedValue(reviewed('2026-10-01', '2026-11-01'));
  vi.mocked(compareMaps).mockResolvedValue(comparison({}));
  await later();
  expect(said()).toBe('nothing changed on the map.');
});
