// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { moveCard, removeCards } from '../../model/cards';
import type { Journey } from '../../model/journey';
import { removeEntry } from '../../model/structure';
import { table } from '../../model/testing/table';
import { cardText } from '../../model/text/field';
import type { Role } from '../../wire/types';
import { ADA, sit } from '../testing/seat';
import { Announcer } from '../ui';
import { MapEditor } from './MapEditor';

let root: Root | undefined;
/** The map as somebody else has it. */
let other: Journey;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

async function open(role: Role = 'participant'): Promise<void> {
  const set = table();
  other = set.other;
  const inside = (
    <>
      <MapEditor />
      <Announcer />
    </>
  );
  root = await sit(set.connection, inside, { me: { ...ADA, role } });
}

function at(spot: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[data-spot="${spot}"]`);
  if (element === null) throw new Error(`There is no ${spot}.`);
  return element;
}

function focused(): string {
  const element = document.activeElement as HTMLElement | null;
  return element?.dataset.spot ?? element?.tagName ?? 'nothing';
}

async function stand(spot: string): Promise<void> {
  await act(async () => at(spot).focus());
}

async function press(key: string, held: Partial<KeyboardEventInit> = {}): Promise<void> {
  await act(async () => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }),
    );
  });
}

async function type(text: string): Promise<void> {
  const area = document.activeElement as HTMLTextAreaElement;
  await act(async () => {
    area.value += text;
    area.setSelectionRange(area.value.length, area.value.length);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

function texts(lane: string, stage: string): string[] {
  return other.cellCards(lane, stage).map((card) => card.text);
}

/** Something another person does. */
async function remotely(change: (there: Journey) => void): Promise<void> {
  await act(async () => change(other));
}

test('the map is a grid of rows, headers and cells', async () => {
  await open();
  const count = (role: string): number => document.querySelectorAll(`[role="${role}"]`).length;
  expect(['grid', 'row', 'columnheader', 'rowheader', 'gridcell'].map(count)).toEqual([
    1, 3, 3, 2, 4,
  ]);
  expect(document.querySelectorAll('[role="grid"] [tabindex="0"]')).toHaveLength(1);
});

test('N adds a card, Enter keeps it and offers the next, Esc ends', async () => {
  await open();
  await stand('cell ideas first');
  await press('n');
  await type('One');
  await press('Enter');
  expect(focused()).toBe('TEXTAREA');
  await type('Two');
  await press('Enter');
  await press('Escape');
  expect(texts('ideas', 'first')).toEqual(['One', 'Two']);
  const [card] = other.cellCards('ideas', 'first');
  expect(card).toMatchObject({ author: 'Ada', createdAt: expect.stringMatching(/^\d{4}-/) });
});

test('nothing is written before the first letter, and Esc takes a new card back', async () => {
  await open();
  await stand('cell ideas first');
  await press('n');
  expect(texts('ideas', 'first')).toEqual([]);
  await type('Not this');
  expect(texts('ideas', 'first')).toEqual(['Not this']);
  await press('Escape');
  expect(texts('ideas', 'first')).toEqual([]);
  expect(focused()).toBe('cell ideas first');
});

test('Esc takes back what was typed into a card and leaves what others typed', async () => {
  await open();
  await stand('card a');
  await press('F2');
  await type(' mine');
  await remotely((there) => {
    cardText(there, 'a', 'text').write({ deletions: [], index: 0, insert: 'Theirs ' });
  });
  await press('Escape');
  expect(texts('pains', 'first')[0]).toBe('Theirs A');
  expect(focused()).toBe('card a');
});

test('Alt and arrows move a card, and the focus goes with it', async () => {
  await open();
  await stand('card a');
  await press('ArrowDown', { altKey: true });
  expect(texts('pains', 'first')).toEqual(['B', 'A', 'C']);
  await press('ArrowRight', { ctrlKey: true });
  expect(texts('pains', 'second')).toEqual(['A']);
  expect(focused()).toBe('card a');
});

test('Delete takes a card away, undo brings it back', async () => {
  await open();
  await stand('card b');
  await press('Delete');
  expect(texts('pains', 'first')).toEqual(['A', 'C']);
  expect(focused()).toBe('card c');
  await press('z', { ctrlKey: true });
  expect(texts('pains', 'first')).toEqual(['A', 'B', 'C']);
  expect(focused()).toBe('card b');
});

test('Shift and arrows select, Alt and arrows move all of them, Delete takes all with one undo', async () => {
  await open();
  await stand('card a');
  await press('ArrowDown', { shiftKey: true });
  const names = (): string[] =>
    [...document.querySelectorAll('[data-card]')]
      .map((card) => card.getAttribute('aria-label') ?? '')
      .filter((name) => name.includes(', selected: '));
  expect(names()).toHaveLength(2);
  expect(document.querySelector('.m-picked')?.textContent).toContain('2 cards selected');
  await press('ArrowRight', { altKey: true });
  expect([texts('pains', 'first'), texts('pains', 'second')]).toEqual([['C'], ['A', 'B']]);
  expect(focused()).toBe('card b');
  await press('Delete');
  expect([texts('pains', 'second'), focused()]).toEqual([[], 'cell pains second']);
  await press('z', { ctrlKey: true });
  expect(texts('pains', 'second')).toEqual(['A', 'B']);
  expect(names()).toHaveLength(0);
});

test('an act is for the card one stands on when that is not among the selected', async () => {
  await open();
  await stand('card a');
  await press('x');
  await press('ArrowDown');
  await press('ArrowDown');
  await press('Delete');
  expect(texts('pains', 'first')).toEqual(['A', 'B']);
});

test('X picks single cards, Ctrl+D copies them behind the last, Esc lets go of the selection before the card', async () => {
  await open();
  await stand('card a');
  await press('x');
  await press('ArrowDown');
  await press('ArrowDown');
  await press('x');
  await press('d', { ctrlKey: true });
  expect(texts('pains', 'first')).toEqual(['A', 'B', 'C', 'A', 'C']);
  await press('Escape');
  expect(document.querySelector('.m-picked')).toBeNull();
  expect(focused()).toMatch(/^card /);
  await press('Escape');
  expect(focused()).toBe('cell pains first');
});

test('a selected card that others delete is no longer counted, and none of the others is lost', async () => {
  await open();
  await stand('card a');
  await press('a', { ctrlKey: true });
  await remotely((there) => removeCards(there, ['b']));
  expect(document.querySelector('.m-picked')?.textContent).toContain('2 cards selected');
  await press('Delete');
  expect(texts('pains', 'first')).toEqual([]);
});

test('who names a stage that others delete is told, and can add it again with its name', async () => {
  await open();
  await stand('stage first');
  await press('F2');
  await type(' steps');
  await remotely((there) => removeEntry(there, 'stages', 'first'));
  expect(document.querySelector('[role="status"]')?.textContent).toMatch(
    /deleted what you were naming/,
  );
  expect(focused()).toBe('stage second');
});

test('Esc on a new card in which somebody else wrote leaves their words', async () => {
  await open();
  await stand('cell ideas first');
  await press('n');
  await type('Mine');
  await remotely((there) => {
    const [card] = there.cellCards('ideas', 'first');
    cardText(there, card?.id ?? '', 'text').write({
      deletions: [],
      index: 4,
      insert: ' and theirs',
    });
  });
  await press('Escape');
  expect(texts('ideas', 'first')).toEqual([' and theirs']);
});

test('a stage moves with its cards and keeps the focus', async () => {
  await open();
  await stand('stage first');
  await press('ArrowRight', { altKey: true });
  expect(other.stages.ids.get()).toEqual(['second', 'first']);
  expect(focused()).toBe('stage first');
});

test('who stands on a card that others delete stands in its cell', async () => {
  await open();
  await stand('card a');
  await remotely((there) => removeCards(there, ['a']));
  expect(focused()).toBe('cell pains first');
});

test('who stands on a card that others move goes along', async () => {
  await open();
  await stand('card a');
  await remotely((there) => moveCard(there, 'a', { lane: 'ideas', stage: 'second', index: 0 }));
  expect(focused()).toBe('card a');
  await press('ArrowLeft');
  expect(focused()).toBe('cell ideas first');
});

test('who stands in a stage that others delete stands in the next one', async () => {
  await open();
  await stand('cell ideas first');
  await remotely((there) => removeEntry(there, 'stages', 'first'));
  expect(focused()).toBe('cell ideas second');
});

test('typing goes on in a card that others move', async () => {
  await open();
  await stand('card a');
  await press('F2');
  await type('b');
  await remotely((there) => moveCard(there, 'a', { lane: 'ideas', stage: 'second', index: 0 }));
  expect(focused()).toBe('TEXTAREA');
  await type('c');
  expect(texts('ideas', 'second')).toEqual(['Abc']);
});

test('an observer is offered nothing to edit with', async () => {
  await open('observer');
  expect(
    document.querySelectorAll('[data-add], .m-head__menu[aria-haspopup], .m-below, .m-tail'),
  ).toHaveLength(0);
  await stand('card a');
  for (const key of ['n', 'Delete', 'F2']) await press(key);
  await press('a', { ctrlKey: true });
  for (const key of ['d', 'x', 'v']) await press(key, { ctrlKey: true });
  await press('Delete');
  await press('ArrowDown', { altKey: true });
  expect(document.querySelector('[role="grid"] textarea')).toBeNull();
  expect(texts('pains', 'first')).toEqual(['A', 'B', 'C']);
});

test('a keystroke of somebody else redraws their card and no other', async () => {
  await open();
  const before = [...document.querySelectorAll('[data-card]')].map((card) => card.outerHTML);
  const records: MutationRecord[] = [];
  const watcher = new MutationObserver((seen) => records.push(...seen));
  const grid = document.querySelector('[role="grid"]');
  if (grid === null) throw new Error('There is no grid.');
  watcher.observe(grid, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  await remotely((there) => {
    cardText(there, 'b', 'text').write({ deletions: [], index: 1, insert: 'e' });
  });
  records.push(...watcher.takeRecords());
  watcher.disconnect();
  const touched = new Set(
    records.map((record) => {
      const element =
        record.target instanceof HTMLElement ? record.target : record.target.parentElement;
      return element?.closest<HTMLElement>('[data-card]')?.dataset.card;
    }),
  );
  expect([...touched]).toEqual(['b']);
  const after = [...document.querySelectorAll('[data-card]')].map((card) => card.outerHTML);
  expect(after.map((html, index) => html === before[index])).toEqual([true, false, true]);
});
