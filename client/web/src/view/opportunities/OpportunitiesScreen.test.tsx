// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeCards, setCardFields } from '../../model/cards';
import type { Journey } from '../../model/journey';
import { table } from '../../model/testing/table';
import { cardText } from '../../model/text/field';
import { sit } from '../testing/seat';
import { Announcer } from '../ui';
import { OpportunitiesScreen } from './OpportunitiesScreen';

let root: Root | undefined;
/** The map as somebody else has it. */
let other: Journey;

const rated = (id: string, impact: number, value: number, effort: number): object => ({
  id,
  lane: 'ideas',
  stage: 'first',
  text: id,
  impact,
  value,
  effort,
});

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const set = table({
    stages: [{ id: 'first', title: 'First' }],
    lanes: [{ id: 'ideas', kind: 'opportunity', title: 'Ideas' }],
    cards: [rated('a', 5, 5, 1), rated('b', 3, 3, 1), rated('c', 1, 1, 1)],
  });
  other = set.other;
  await set.connection.whenLoaded;
  const inside = (
    <>
      <OpportunitiesScreen />
      <Announcer />
    </>
  );
  root = await sit(set.connection, inside);
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

const rows = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('.o-row[data-opportunity]'),
];
const order = (): (string | undefined)[] => rows().map((row) => row.dataset.opportunity);

async function stand(row: string, column: string): Promise<void> {
  await act(async () =>
    document.querySelector<HTMLElement>(`[data-row="${row}"][data-stop="${column}"]`)?.focus(),
  );
}

async function press(key: string): Promise<void> {
  await act(async () => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
  });
}

test('a keystroke of somebody else redraws the row it is in and no other', async () => {
  const before = new Map(rows().map((row) => [row.dataset.opportunity, row.outerHTML]));
  const touched = new Set<string | undefined>();
  const watcher = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target instanceof HTMLElement ? target : target.parentElement;
      touched.add(element?.closest<HTMLElement>('[data-opportunity]')?.dataset.opportunity);
    }
  });
  watcher.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  await act(async () => {
    cardText(other, 'b', 'text').write({ deletions: [], index: 1, insert: 'x' });
  });
  expect([...touched]).toEqual(['b']);
  watcher.disconnect();
  for (const row of rows()) {
    const same = row.outerHTML === before.get(row.dataset.opportunity);
    expect(same).toBe(row.dataset.opportunity !== 'b');
  }
});

test('rows stay under the hand and are sorted once it is gone', async () => {
  await stand('a', 'impact');
  await act(async () => setCardFields(other, 'c', { impact: 5, value: 5, effort: 1 }));
  await press('1');
  expect(order()).toEqual(['a', 'b', 'c']);
  await act(async () => document.querySelector<HTMLElement>('[aria-label="Keys"]')?.focus());
  expect(order()).toEqual(['c', 'a', 'b']);
});

test('words being typed into one that somebody else deletes are offered back', async () => {
  await stand('b', 'text');
  await press('Enter');
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  await act(async () => {
    const area = document.activeElement as HTMLTextAreaElement;
    area.value = 'b and more';
    area.setSelectionRange(10, 10);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(other.card('b').get()?.text).toBe('b and more');
  await act(async () => removeCards(other, ['b']));
  expect(order()).toEqual(['a', 'c']);
  expect(document.querySelector('[role="status"]')?.textContent).toBe(
    'Someone else deleted the card you were typing in',
  );
});
