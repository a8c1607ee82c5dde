// @vitest-environment happy-dom
// That a map's review is due is said in its bar, and leads to where one says that it was done.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setReview } from '../../model/scope';
import { type Table, table } from '../../model/testing/table';
import type { Me } from '../../wire/types';
import { loadParts } from '../later';
import type { Board } from '../map/board';
import { openingOf } from '../map/panel/opening';
import { useBoard } from '../map/use';
import { ADA, sit } from '../testing/seat';
import { MapBar } from './MapBar';

let root: Root;
let set: Table;
let board: Board;

function Keep(): null {
  board = useBoard();
  return null;
}

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // There is no server to ask for other maps.
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  set = table();
  await set.connection.whenLoaded;
  await loadParts();
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  vi.setSystemTime(new Date(2026, 2, 10, 23, 0));
});

afterEach(async () => {
  vi.useRealTimers();
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

async function bar(lastReviewed: string, me: Me = ADA): Promise<void> {
  setReview(set.other, { everyDays: 30, lastReviewed });
  root = await sit(
    set.connection,
    <>
      <Keep />
      <MapBar connection={set.connection} part="grid" me={me} isLoaded />
    </>,
    { me },
  );
}

const badge = (): HTMLButtonElement | null => document.querySelector('.map-bar__review');
/** What is said, and whether it presses. */
const said = (): [string | null, boolean] | undefined => {
  const found = badge();
  if (found === null) return undefined;
  return [found.textContent, found.querySelector('.c-badge--warn') !== null];
};

test.each<[string, string, boolean]>([
  ['2026-02-13', 'Review due in 5 days', false],
  ['2026-02-08', 'Review due today', true],
  ['2026-02-05', 'Review overdue by 3 days', true],
])('a map last reviewed on %s says “%s”', async (day, words, isPressing) => {
  await bar(day);
  expect(said()).toEqual([words, isPressing]);
});

test.each<[string, string, Me]>([
  ['far from its next review', '2026-03-01', ADA],
  ['that is an archive, which nobody reviews,', '2026-01-01', { ...ADA, archive: true }],
])('a map %s says nothing', async (_, day, me) => {
  await bar(day, me);
  expect(said()).toBeUndefined();
});

test('it follows what others say of the review, and the night', async () => {
  await bar('2026-02-10');
  expect(said()).toEqual(['Review due in 2 days', false]);
  for (const words of ['Review due in 1 day', 'Review due today']) {
    await act(async () => void (await vi.advanceTimersByTimeAsync(24 * 3_600_000)));
    expect(said()?.[0]).toBe(words);
  }
  await act(async () => setReview(set.other, { lastReviewed: '2026-03-12' }));
  expect(said()).toBeUndefined();
});

test('it leads to the review among what is known about the map', async () => {
  await bar('2026-02-05');
  await act(async () => badge()?.click());
  expect([board.panel.get(), openingOf(board).asked.get()]).toEqual(['map', 'review']);
});

test('the menu says it, too, for narrow pages that have no room in the bar', async () => {
  await bar('2026-02-05');
  const more = document.querySelector<HTMLButtonElement>('button[aria-label=More]');
  expect(more?.className).toContain('map-bar__menu--pressing');
  await act(async () => more?.click());
  const item = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find(
    ({ textContent }) => textContent?.includes('Review overdue by 3 days'),
  );
  await act(async () => item?.click());
  expect([board.panel.get(), openingOf(board).asked.get()]).toEqual(['map', 'review']);
});
