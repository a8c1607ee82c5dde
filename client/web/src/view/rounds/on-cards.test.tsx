// @vitest-environment happy-dom
// What votes draw anew on the map, and what they say there. First: React looks for its listener when it is loaded.
import '../testing/redraws';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SMALL_MAP } from '../../model/testing/desk';
import { closedRound, setup } from '../../model/testing/rounds';
import { table } from '../../model/testing/table';
import type { MapConnection } from '../../sync/connection';
import { createStore } from '../../sync/store';
import type { ClientCommand, Personal, RoundView, Shared } from '../../wire/channel';
import { MapEditor } from '../map/MapEditor';
import { redraws } from '../testing/redraws';
import { sit } from '../testing/seat';
import { VotingBar } from './VotingBar';

/** What the grid consists of; the small parts inside them are theirs. */
const PARTS = /^(MapGrid|LaneRow|LaneHeader|StageHeader|Cell|Slot|CardView|FarCard|Emotion\w+) ?/;
const TARGETS = ['a', 'b', 'c'];

const shared = createStore<Shared | null>(null);
const personal = createStore<Personal | null>(null);
let sent: ClientCommand[];
let root: Root | undefined;

function round(change: Partial<RoundView> = {}): RoundView {
  const targets = TARGETS.map((card) => ({ card, text: card.toUpperCase(), withdrawn: false }));
  return { id: 1, setup, state: 'open', opened: 1, targets, ...change };
}

async function told(rounds: readonly RoundView[], dots?: Record<string, number>): Promise<void> {
  await act(async () => {
    if (dots !== undefined) {
      const left = 3 - Object.values(dots).reduce((sum, n) => sum + n, 0);
      personal.set({ participant: 'p1', role: 'participant', ballot: { round: 1, dots, left } });
    } else personal.set({ participant: 'p1', role: 'participant' });
    const rest = { seq: 1, now: 0, people: [], agenda: [], hands: [], parked: [] };
    shared.set({ ...rest, emotionRounds: [], rounds: structuredClone([...rounds]) });
  });
}

async function drawn(change: () => Promise<void>): Promise<readonly string[]> {
  return (await redraws(change)).filter((name) => PARTS.test(name));
}

function at(card: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[data-card="${card}"]`);
  if (element === null) throw new Error(`There is no card ${card}.`);
  return element;
}

const nameOf = (card: string): string => at(card).getAttribute('aria-label') ?? '';

async function key(name: string): Promise<void> {
  await act(async () => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    );
  });
}

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  sent = [];
  const set = table({
    ...SMALL_MAP,
    lanes: [...(SMALL_MAP.lanes as object[]), { id: 'moods', kind: 'emotion', title: 'Moods' }],
    cards: [
      ...(SMALL_MAP.cards as object[]),
      { id: 'idea', lane: 'ideas', stage: 'first', text: 'Idea' },
      { id: 'glad', lane: 'moods', stage: 'first', text: 'Glad', score: 1 },
    ],
  });
  const connection: MapConnection = {
    ...set.connection,
    workshop: {
      shared,
      personal,
      send: (command) => {
        sent.push(command);
        return new Promise(() => undefined);
      },
    },
  };
  await told([]);
  root = await sit(
    connection,
    <>
      <VotingBar />
      <MapEditor />
    </>,
  );
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

test('a vote that opens redraws the cards it is about, and no other part of the grid', async () => {
  const now = await drawn(() => told([round()], {}));
  expect([...new Set(now)].toSorted()).toEqual(['CardView a', 'CardView b', 'CardView c']);
  expect(nameOf('a')).toContain('in the vote, no dot of yours');
  expect(nameOf('idea')).not.toContain('vote');
});

test('an own dot redraws one card, once, and the view that confirms it none', async () => {
  await told([round()], {});
  await act(async () => at('b').focus());
  expect(await drawn(() => key('+'))).toEqual(['CardView b']);
  expect(sent).toEqual([{ vote: { round: 1, card: 'b', dots: 1 } }]);
  expect(nameOf('b')).toContain('1 dot of yours');
  expect(await drawn(() => told([round()], { b: 1 }))).toEqual([]);
});

test('others’ votes redraw nothing in a secret vote, and one card in a live one', async () => {
  await told([round()], {});
  expect(await drawn(() => told([round()], {}))).toEqual([]);
  const live = (dots: number): RoundView =>
    round({
      id: 1,
      opened: 2,
      setup: { ...setup, visibility: 'live' },
      result: TARGETS.map((card) => ({ card, dots: card === 'c' ? dots : 0, voters: 1, rank: 1 })),
    });
  await told([live(0)], {});
  expect(await drawn(() => told([live(4)], {}))).toEqual(['CardView c']);
  expect(nameOf('c')).toContain('4 dots in all so far');
});

test('+ and − and digits place dots on the card one stands on; on a feeling that is not in the vote they are the feeling’s', async () => {
  await told([round()], {});
  await act(async () => at('a').focus());
  await key('2');
  await key('-');
  expect(sent).toEqual([
    { vote: { round: 1, card: 'a', dots: 2 } },
    { vote: { round: 1, card: 'a', dots: 1 } },
  ]);
  // No more than allowed on a card, and the bar says why.
  await key('9');
  expect(document.body.textContent).toContain('“A” takes at most 2 dots of yours');
  await act(async () => at('idea').focus());
  await key('+');
  expect(document.body.textContent).toContain('“Idea” is not in this vote');
  expect(sent.length).toBe(2);
  await act(async () => at('glad').focus());
  await key('+');
  expect(nameOf('glad')).toContain('+1.5');
  expect(sent.length).toBe(2);
});

test('VOTE-12 an open vote shows no total, and none of an earlier one; once closed the result is on its cards', async () => {
  const before = closedRound(1, { a: 3, b: 1 });
  await told([before]);
  expect(nameOf('a')).toContain('3 dots in the vote, rank 1');
  expect(at('a').textContent).toContain('3 dots');
  await told([before, round({ id: 2 })]);
  expect(nameOf('a')).not.toContain('3 dots');
  expect(at('a').textContent).not.toContain('3');
  await told([before, closedRound(2, { b: 2, c: 2 })]);
  expect(nameOf('b')).toContain('2 dots in the vote, rank 1, shared');
  expect(nameOf('a')).not.toContain('dot');
});
