// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADA, sit } from '../testing/seat';
import { type Seat, seat } from '../testing/workshop-seat';
import { BrainstormSection } from './BrainstormSection';

let root: Root | undefined;
let at: Seat;

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  at = seat('facilitator');
  root = await sit(at.connection, <BrainstormSection />, { me: { ...ADA, role: 'facilitator' } });
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

async function press(name: string): Promise<void> {
  const found = [...document.querySelectorAll<HTMLElement>('button, input')].find(
    (one) => (one.closest('label') ?? one).textContent?.trim() === name,
  );
  if (found === undefined) throw new Error(`There is no “${name}”.`);
  await act(async () => found.click());
}

async function fill(text: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type=text]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  await act(async () => {
    set?.call(input, text);
    input?.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const people = ['Ada', 'Bo', 'Cleo'].map((name, nth) => ({
  id: `p${nth + 1}`,
  name,
  color: '#1f6f8b',
  role: nth === 2 ? ('observer' as const) : ('participant' as const),
  online: true,
}));

const brainstorm = { setup: { prompt: 'What hurts?', focus: {}, signed: false }, began: 1 };
const all = (): string => document.querySelector('.e-section')?.textContent ?? '';

test('starting asks for a question, and says how cards will be shown', async () => {
  await press('New brainstorm');
  await press('Start writing');
  expect(document.querySelector('[role=alert]')?.textContent).toBe('Write what you ask.');
  expect(at.asked).toEqual([]);
  await fill('  What hurts?  ');
  await press('Start writing');
  expect(at.asked).toEqual([
    { startBrainstorm: { setup: { prompt: 'What hurts?', focus: {}, signed: false } } },
  ]);
});

test('a part of the map is named, the whole of it is not', async () => {
  await press('New brainstorm');
  await fill('What hurts?');
  await press('About the whole map');
  await press('Ideas');
  await press('Start writing');
  expect(at.asked).toEqual([
    {
      startBrainstorm: {
        setup: { prompt: 'What hurts?', focus: { lanes: ['pains'] }, signed: false },
      },
    },
  ]);
});

test('it tells who has written and how many cards there are', async () => {
  await at.tell({ brainstorm, people }, { writing: { writers: ['p2'], drafts: 3 } });
  expect(all()).toContain('3 cards, by 1 of 2 people');
  expect(document.querySelector('[aria-label="Who has written"]')?.textContent).toContain('Bo');
});

test('revealing asks once, with the number', async () => {
  await at.tell({ brainstorm, people }, { writing: { writers: ['p2'], drafts: 3 } });
  await press('Reveal…');
  expect(all()).toContain('3 cards come into the map, for everyone to see.');
  expect(at.asked).toEqual([]);
  await press('Reveal 3 cards');
  expect(at.asked).toEqual([{ reveal: {} }]);
});

test('discarding asks, and says what becomes of the words', async () => {
  await at.tell({ brainstorm, people }, { writing: { writers: ['p2'], drafts: 3 } });
  await press('Discard…');
  expect(all()).toContain('Nobody else will ever see the 3 cards.');
  await press('Keep writing');
  expect(at.asked).toEqual([]);
  await press('Discard…');
  await press('Discard 3 cards');
  expect(at.asked).toEqual([{ discardDrafts: {} }]);
});
