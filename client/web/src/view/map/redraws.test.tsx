// @vitest-environment happy-dom
// First: React looks for its listener when it is loaded.
import '../testing/redraws';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { underWay } from '../../facilitation/testing/views';
import type { Journey } from '../../model/journey';
import { SMALL_MAP } from '../../model/testing/desk';
import { type Table, table } from '../../model/testing/table';
import { cardText } from '../../model/text/field';
import { setPresence } from '../../sync/presence';
import { redraws } from '../testing/redraws';
import { sit } from '../testing/seat';
import Workshop from '../workshop/Workshop';
import { MapEditor } from './MapEditor';

/** What the grid consists of; the small parts inside them are theirs. */
const PARTS =
  /^(MapGrid|LaneRow|LaneHeader|StageHeader|Cell|Slot|CardView|FarCard|EmotionCurve|EmotionBand|EmotionDot|EmotionLegend) ?/;

let root: Root | undefined;
let set: Table;
let other: Journey;

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  set = table({
    ...SMALL_MAP,
    lanes: [
      ...(SMALL_MAP.lanes as object[]),
      { id: 'feelings', kind: 'emotion', title: 'Feelings' },
    ],
    cards: [
      ...(SMALL_MAP.cards as object[]),
      { id: 'glad', lane: 'feelings', stage: 'first', text: 'Glad', score: 1 },
      { id: 'sad', lane: 'feelings', stage: 'second', text: 'Sad', score: -1 },
    ],
  });
  other = set.other;
  root = await sit(
    set.connection,
    <>
      <Workshop part="grid" />
      <MapEditor />
    </>,
  );
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

function at(spot: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[data-spot="${spot}"]`);
  if (element === null) throw new Error(`There is no ${spot}.`);
  return element;
}

/** The parts of the grid that were drawn, each as often as it was. */
async function drawn(change: () => void): Promise<readonly string[]> {
  const all = await redraws(() => act(async () => change()));
  return all.filter((name) => PARTS.test(name));
}

async function key(name: string): Promise<void> {
  await act(async () => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    );
  });
}

async function edit(card: string): Promise<HTMLTextAreaElement> {
  await act(async () => at(`card ${card}`).focus());
  await key('Enter');
  return document.activeElement as HTMLTextAreaElement;
}

function strike(area: HTMLTextAreaElement, letter: string): void {
  area.value += letter;
  area.setSelectionRange(area.value.length, area.value.length);
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function writeThere(card: string): void {
  cardText(other, card, 'text').write({ deletions: [], index: 0, insert: 'x' });
}

/** Somebody else’s presence, as the server would bring it. */
function appear(state: Record<string, unknown>): void {
  const { awareness } = set.connection;
  const user = { id: 'p2', name: 'Ben', color: '#654321' };
  (awareness.states as Map<number, Record<string, unknown>>).set(2000, { user, ...state });
  awareness.emit('change', [{ added: [], updated: [2000], removed: [] }, 'test']);
}

/** Presence is told once a frame. */
function nextFrame(): Promise<void> {
  return act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
}

test('one’s own keystroke redraws one card, once', async () => {
  const area = await edit('b');
  expect(await drawn(() => strike(area, 'e'))).toEqual(['CardView b']);
  expect(other.card('b').get()?.text).toBe('Be');
});

test('somebody else’s keystroke redraws one card, once', async () => {
  expect(await drawn(() => writeThere('b'))).toEqual(['CardView b']);
});

test('words typed into a feeling leave the curve alone', async () => {
  const now = await drawn(() => writeThere('glad'));
  expect(now).toContain('CardView glad');
  expect(
    now.filter((name) =>
      /^(EmotionCurve|EmotionBand|EmotionLegend|Cell|LaneRow|LaneHeader)/.test(name),
    ),
  ).toEqual([]);
  expect(now.filter((name) => name.startsWith('CardView'))).toEqual(['CardView glad']);
});

test('somebody who goes from one card to the next redraws these two', async () => {
  await act(async () => appear({ focus: { card: 'a', lane: 'pains', stage: 'first' } }));
  await nextFrame();
  expect(at('card a').getAttribute('aria-label')).toContain('Ben');
  const now = await redraws(async () => {
    await act(async () => appear({ focus: { card: 'c', lane: 'pains', stage: 'first' } }));
    await nextFrame();
  });
  expect(now.filter((name) => PARTS.test(name)).toSorted()).toEqual(['CardView a', 'CardView c']);
});

test('somebody’s pointer redraws nothing', async () => {
  await act(async () => appear({ cursor: { x: 0.1, y: 0.1 } }));
  await nextFrame();
  const now = await redraws(async () => {
    await act(async () => appear({ cursor: { x: 0.6, y: 0.5 } }));
    await nextFrame();
  });
  expect(now.filter((name) => PARTS.test(name))).toEqual([]);
});

test('an arrow key redraws where one was and where one is', async () => {
  await act(async () => at('card a').focus());
  const now = await redraws(() => key('ArrowDown'));
  expect(now.filter((name) => PARTS.test(name)).toSorted()).toEqual(['CardView a', 'CardView b']);
});

test('the panel opens beside the grid and redraws none of it', async () => {
  await act(async () => at('card a').focus());
  const now = await redraws(() => key(' '));
  expect(now).toContain('MapPanel');
  expect(now.filter((name) => PARTS.test(name))).toEqual([]);
});

test('one’s own presence is told without redrawing anything', async () => {
  expect(await drawn(() => setPresence(set.connection, { cursor: { x: 0.2, y: 0.2 } }))).toEqual(
    [],
  );
});

const IN_FIRST = { focus: { stages: ['first'] } };

test('a step that begins redraws what its focus leaves out, and no card', async () => {
  const now = await drawn(() => set.shared.set(underWay({ runs: {} }, IN_FIRST)));
  expect(now.toSorted()).toEqual([
    'Cell feelings second',
    'Cell ideas second',
    'Cell pains second',
    'StageHeader second',
  ]);
  expect(document.querySelector('[data-spot="cell pains second"]')).not.toBeNull();
});

test('a keystroke in a step redraws one card, and a view that says nothing new of the step none', async () => {
  const view = underWay({ runs: {} }, { ...IN_FIRST, lock: true });
  await act(async () => set.shared.set(view));
  const area = await edit('b');
  expect(await drawn(() => strike(area, 'e'))).toEqual(['CardView b']);
  expect(await drawn(() => set.shared.set({ ...view, seq: 9, hands: ['p4'] }))).toEqual([]);
});

test('a second that goes by redraws the time alone', async () => {
  const step = { ...underWay({ runs: { until: 60_000 } }, IN_FIRST), now: 30_000 };
  await act(async () => set.shared.set(step));
  expect(document.querySelector('[role=timer]')?.textContent).toBe('00:30');
  const now = await redraws(() => act(async () => set.shared.set({ ...step, now: 31_000 })));
  expect(document.querySelector('[role=timer]')?.textContent).toBe('00:29');
  expect(now).toContain('TimeLeft');
  expect(now.filter((name) => PARTS.test(name))).toEqual([]);
  expect(now).not.toContain('StepBar');
});
