// @vitest-environment happy-dom
// What a step's focus and its lock do to the map of one person: what is shown, and what is no longer done.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY, underWay } from '../../facilitation/testing/views';
import { moveCard } from '../../model/cards';
import { type Table, table } from '../../model/testing/table';
import { cardText } from '../../model/text/field';
import type { AgendaStep } from '../../wire/channel';
import { ADA, sit } from '../testing/seat';
import { Announcer, Toasts } from '../ui';
import Workshop from '../workshop/Workshop';
import type { Board } from './board';
import { arrange, duplicateCards, nudgeCards, removeCardsAt } from './cardActs';
import { MapEditor } from './MapEditor';
import { newLane, newStage, remove, reorder } from './structureActs';
import { useBoard } from './use';

const MAP = {
  title: 'Small',
  kind: 'current-state',
  stages: [
    { id: 'first', title: 'First' },
    { id: 'second', title: 'Second' },
  ],
  lanes: [
    { id: 'pains', kind: 'pain', title: 'Pains' },
    { id: 'notes', kind: 'note', title: 'Notes' },
  ],
  cards: [
    { id: 'a', lane: 'pains', stage: 'first', text: 'A' },
    { id: 'b', lane: 'pains', stage: 'first', text: 'B' },
    { id: 'z', lane: 'pains', stage: 'second', text: 'Z' },
  ],
};
const IN_FIRST: Partial<AgendaStep> = { focus: { stages: ['first'] }, lock: true };

let root: Root | undefined;
let board: Board;
let set: Table;

function Keep(): null {
  board = useBoard();
  return null;
}

async function sitDown(role: 'participant' | 'facilitator' = 'participant'): Promise<void> {
  set = table(MAP);
  await set.connection.whenLoaded;
  root = await sit(
    set.connection,
    <>
      <Keep />
      <Workshop part="grid" />
      <MapEditor />
    </>,
    {
      me: { ...ADA, role },
      beside: (
        <>
          <Toasts />
          <Announcer />
        </>
      ),
    },
  );
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
});
afterEach(async () => {
  // Messages outlive the page of one test.
  await dismissAll();
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

const begins = (more: Partial<AgendaStep>): Promise<void> =>
  act(async () => set.shared.set(underWay({ runs: {} }, more)));
const isOver = (): Promise<void> => act(async () => set.shared.set(EMPTY));
const isUp = (): Promise<void> =>
  act(async () => set.shared.set(underWay({ zero: {} }, { atZero: 'lock' })));

const boundsOf = (selector: string): string | undefined =>
  document.querySelector<HTMLElement>(selector)?.dataset.bounds;
async function dismissAll(): Promise<void> {
  for (let left = 9; left > 0; left -= 1) {
    const [button] = document.querySelectorAll<HTMLElement>('.c-toasts [aria-label="Dismiss"]');
    if (button === undefined) return;
    await act(async () => button.click());
  }
}
const messages = (): string => document.querySelector('.c-toasts')?.textContent ?? '';
/** Everything the map holds, to see that nothing of it changed. */
const content = (): string => JSON.stringify(set.connection.doc.toJSON());

test('ACCESS-7 what a focus leaves out is marked, at its cells and headers, and named so', async () => {
  await sitDown();
  await begins({ focus: { stages: ['first'], lanes: ['pains'] } });
  expect(boundsOf('[data-spot="stage first"]')).toBeUndefined();
  expect(boundsOf('[data-spot="stage second"]')).toBe('outside');
  expect(boundsOf('[data-spot="lane notes"]')).toBe('outside');
  const cell = document.querySelector('[data-lane="pains"][data-stage="second"]');
  expect(cell?.getAttribute('aria-label')).toBe('Pains, Second: 1 card, outside this step’s focus');
  expect(document.querySelector('[data-spot="stage second"]')?.textContent).toContain(
    'Outside this step’s focus',
  );
  await isOver();
  expect(document.querySelector('[data-bounds]')).toBeNull();
});

/** All that a person could do where a lock holds. */
const ACTS: readonly (readonly [string, () => void])[] = [
  ['add a card', () => board.writing.startCard('pains', 'second')],
  ['type in a card', () => board.writing.startEdit('z')],
  ['move a card in', () => arrange(board, [{ id: 'z', lane: 'pains', stage: 'first' }], 'z')],
  ['move a card out', () => arrange(board, [{ id: 'a', lane: 'pains', stage: 'second' }], 'a')],
  ['delete a card', () => removeCardsAt(board, ['z'])],
  ['delete several, one of them outside', () => removeCardsAt(board, ['a', 'z'])],
  ['duplicate a card', () => duplicateCards(board, ['z'])],
  ['set a field', () => board.setFields('z', { severity: 3 })],
  ['rename a stage of the focus', () => board.writing.startEdit('first')],
  ['rename a lane', () => board.writing.startEdit('pains')],
  ['add a stage', () => newStage(board, 0)],
  ['add a lane', () => newLane(board, 'note', 0)],
  ['move a stage', () => reorder(board, 'stages', 'first', 'second', 'after')],
  ['delete a lane with its cards', () => remove(board, 'lanes', 'pains')],
];

/** Does each of them and finds that nothing changed and that the reason was shown. */
async function refusesAll(why: string): Promise<void> {
  const before = content();
  for (const [what, doIt] of ACTS) {
    await act(async () => doIt());
    expect(content(), what).toBe(before);
    expect(board.editing.get(), what).toBeNull();
    expect(messages(), what).toContain(why);
    await dismissAll();
  }
}

test('LOCK-3 outside the focus of a step that locks nothing can be changed, and it is said why', async () => {
  await sitDown();
  await begins(IN_FIRST);
  await refusesAll('Outside this step’s focus: only facilitators change anything here.');
});

test('LOCK-2 when the time is up and the map locked nothing can be changed, and it is said why', async () => {
  await sitDown();
  await isUp();
  await refusesAll('Time is up: the map is locked until the facilitator goes on.');
});

test('inside the focus everything works, and when the lock is gone everything everywhere', async () => {
  await sitDown();
  await begins(IN_FIRST);
  await act(async () => arrange(board, [{ id: 'a', lane: 'notes', stage: 'first' }], 'a'));
  await act(async () => removeCardsAt(board, ['b']));
  expect(set.other.cell('notes', 'first').get()).toEqual(['a']);
  expect(set.other.card('b').get()).toBeUndefined();
  await isOver();
  await act(async () => removeCardsAt(board, ['z']));
  expect(set.other.card('z').get()).toBeUndefined();
});

test('LOCK-1 a facilitator sees the bounds and is free', async () => {
  await sitDown('facilitator');
  await begins(IN_FIRST);
  expect(boundsOf('[data-spot="stage second"]')).toBe('outside');
  await act(async () => removeCardsAt(board, ['z']));
  expect(set.other.card('z').get()).toBeUndefined();
});

test('a participant who is made a facilitator is free from then on', async () => {
  await sitDown();
  await begins(IN_FIRST);
  expect(board.isStill({ lane: 'pains', stage: 'second' })).toBe(true);
  await act(async () => set.personal.set({ participant: 'p1', role: 'facilitator' }));
  expect(board.isStill({ lane: 'pains', stage: 'second' })).toBe(false);
});

test('an arrow key takes no card over the border', async () => {
  await sitDown();
  await begins(IN_FIRST);
  await act(async () => board.go({ kind: 'card', card: 'a', lane: 'pains', stage: 'first' }));
  await act(async () => nudgeCards(board, 'right'));
  expect(set.other.card('a').get()?.stage).toBe('first');
  expect(messages()).toContain('Outside this step’s focus');
});

test('CLIENT-6 undo does not reach back behind a lock, and takes back what was done since', async () => {
  await sitDown();
  await act(async () => removeCardsAt(board, ['z']));
  await begins(IN_FIRST);
  await act(async () => board.undo());
  expect(set.other.card('z').get(), 'deleted before').toBeUndefined();
  expect(messages()).toContain('what you did before stays as it is');
  await act(async () => removeCardsAt(board, ['a']));
  await act(async () => board.undo());
  expect(set.other.card('a').get()?.text).toBe('A');
  await act(async () => board.redo());
  expect(set.other.card('a').get()).toBeUndefined();
  await isOver();
  await act(async () => board.undo());
  await act(async () => board.undo());
  expect(set.other.card('z').get()?.text, 'once the lock is gone').toBe('Z');
});

test('redo does not reach back behind a lock', async () => {
  await sitDown();
  await act(async () => removeCardsAt(board, ['z']));
  await act(async () => board.undo());
  await begins(IN_FIRST);
  await act(async () => board.redo());
  expect(set.other.card('z').get()?.text).toBe('Z');
});

async function type(card: string, letters: string): Promise<HTMLTextAreaElement> {
  await act(async () => {
    board.go({ kind: 'card', card, lane: 'pains', stage: 'second' });
    board.writing.startEdit(card);
  });
  const area = document.activeElement as HTMLTextAreaElement;
  await act(async () => {
    area.value += letters;
    area.setSelectionRange(area.value.length, area.value.length);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  return area;
}

test('CLIENT-6 a lock that comes while somebody types closes the text, keeps it, and offers the words back', async () => {
  await sitDown();
  const area = await type('z', 'ebra');
  await begins(IN_FIRST);
  expect(board.editing.get()).toBeNull();
  expect(area.isConnected).toBe(false);
  expect(set.other.card('z').get()?.text).toBe('Zebra');
  expect(messages()).toContain('You had typed: “Zebra”.');
  expect(document.activeElement?.getAttribute('data-spot'), 'ACCESS-1').toBe('card z');
  const said = document.querySelector('[data-live-announcer]')?.textContent;
  expect(said).toContain('You had typed: “Zebra”.');
  expect(said).toContain('Step 2 of 3: Step 2.');
});

test('what an input method was still composing is offered back, too', async () => {
  await sitDown();
  const area = await type('z', '');
  area.dispatchEvent(new Event('compositionstart', { bubbles: true }));
  area.value = 'Zにほん';
  await begins(IN_FIRST);
  expect(messages()).toContain('You had typed: “Zにほん”.');
});

test('whoever types inside the focus goes on typing', async () => {
  await sitDown();
  await act(async () => {
    board.go({ kind: 'card', card: 'a', lane: 'pains', stage: 'first' });
    board.writing.startEdit('a');
  });
  const area = document.activeElement;
  await begins(IN_FIRST);
  expect(board.editing.get()?.id).toBe('a');
  expect(document.activeElement).toBe(area);
  expect(messages()).toBe('');
});

test('a card that somebody moves out of the focus can no longer be changed', async () => {
  await sitDown();
  await begins(IN_FIRST);
  await act(
    async () => void moveCard(set.other, 'a', { lane: 'pains', stage: 'second', index: 0 }),
  );
  await act(async () => board.writing.startEdit('a'));
  expect(board.editing.get()).toBeNull();
});

test('the panel of a card outside is read, and says why; of one inside it is written in', async () => {
  await sitDown();
  await begins(IN_FIRST);
  const panel = (): HTMLElement | null => document.querySelector('.m-panel');
  await act(async () => {
    board.go({ kind: 'card', card: 'z', lane: 'pains', stage: 'second' });
    board.openPanel('quiet');
  });
  expect(panel()?.querySelector('textarea, input')).toBeNull();
  expect(panel()?.textContent).toContain('Outside this step’s focus');
  await act(async () => board.go({ kind: 'card', card: 'a', lane: 'pains', stage: 'first' }));
  expect(panel()?.querySelector('textarea')).not.toBeNull();
});

test('words begun in a field of the panel are offered back when a lock takes the field away', async () => {
  await sitDown();
  await act(async () => {
    board.go({ kind: 'card', card: 'z', lane: 'pains', stage: 'second' });
    board.openPanel('quiet');
  });
  const field = document.querySelector<HTMLTextAreaElement>(
    '.m-panel [data-field="text"] textarea',
  );
  await act(async () => {
    field?.focus();
    cardText(set.other, 'z', 'text').write({ deletions: [], index: 1, insert: 'oo' });
  });
  await isUp();
  expect(field?.isConnected).toBe(false);
  expect(messages()).toContain('You had typed: “Zoo”.');
});
