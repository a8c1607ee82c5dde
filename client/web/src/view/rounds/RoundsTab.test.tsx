// @vitest-environment happy-dom
// Votes in the facilitator's panel: that what is chosen is what is asked of the server, and the ways to end one, to open one again and to compare.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closedRound, setup } from '../../model/testing/rounds';
import type { RoundView } from '../../wire/channel';
import { ADA, sit } from '../testing/seat';
import { somebody } from '../testing/workshop';
import { type Seat, seat } from '../testing/workshop-seat';
import RoundsTab from './RoundsTab';
import { VotingBar } from './VotingBar';

let root: Root | undefined;
let at: Seat;

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  at = seat('facilitator');
  await at.connection.whenLoaded;
  const inside = (
    <>
      <VotingBar />
      <RoundsTab />
    </>
  );
  root = await sit(at.connection, inside, { me: { ...ADA, role: 'facilitator' } });
  await at.tell({ people });
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const people = [
  somebody('p1', 'Ada', 'facilitator'),
  somebody('p2', 'Bo'),
  somebody('p3', 'Olga', 'observer'),
];

const named = (one: Element): string => {
  const label = one.closest('label');
  const title = label?.querySelector('.c-choice__label, .c-checks__label') ?? label ?? one;
  return one.getAttribute('aria-label') ?? title.textContent?.trim() ?? '';
};

async function press(name: string, within: ParentNode = document): Promise<void> {
  const found = [...within.querySelectorAll<HTMLElement>('button, input')].find(
    (one) => named(one) === name,
  );
  if (found === undefined) throw new Error(`There is no “${name}”.`);
  await act(async () => found.click());
}

/** The group of boxes or choices under this name. */
function group(name: string): Element {
  const found = [...document.querySelectorAll('[role=group], [role=radiogroup]')].find(
    (one) => one.querySelector('.c-field__label')?.textContent === name,
  );
  if (found === undefined) throw new Error(`There is no group “${name}”.`);
  return found;
}

async function fill(label: string, text: string): Promise<void> {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label);
  const input = document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  await act(async () => {
    input.focus();
    set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => input.blur());
}

const open: RoundView = {
  id: 1,
  setup,
  state: 'open',
  opened: 1,
  targets: [{ card: 'a', text: 'A', withdrawn: false }],
};

test('what nobody has changed is asked for as the form shows it', async () => {
  await press('New vote');
  await press('Lanes');
  await press('Pains', group('Lanes'));
  await press('Open the vote');
  expect(at.asked).toEqual([
    {
      openRound: {
        setup: {
          question: 'What should we do first?',
          targets: { lanes: ['ideas', 'pains'] },
          dots: 3,
          mostPerCard: 2,
          visibility: 'secret',
          anonymous: true,
          roles: ['participant', 'facilitator'],
        },
      },
    },
  ]);
});

test('every setting of the form reaches the server', async () => {
  await press('New vote');
  await fill('Question', '  Which hurts most?  ');
  await press('Lanes');
  await press('Ideas', group('Lanes'));
  await press('Pains', group('Lanes'));
  await press('Second', group('Stages'));
  await fill('Dots each', '7');
  await fill('Most on one card', '5');
  await press('Live');
  await press('With names');
  await press('Other');
  await fill('Minutes', '4');
  await press('Facilitators');
  await press('Observers');
  await press('Open the vote');
  expect(at.asked).toEqual([
    {
      openRound: {
        setup: {
          question: 'Which hurts most?',
          targets: { lanes: ['pains'], stages: ['first'] },
          dots: 7,
          mostPerCard: 5,
          visibility: 'live',
          anonymous: false,
          seconds: 240,
          roles: ['participant', 'observer'],
        },
      },
    },
  ]);
});

test('cancelling an open vote is asked about first, and names the vote', async () => {
  await at.tell({ people, rounds: [open] });
  await press('Cancel…');
  await press('Keep it open');
  expect(at.asked).toEqual([]);
  await press('Cancel…');
  await press('Cancel the vote');
  expect(at.asked).toEqual([{ cancelRound: { round: 1 } }]);
});

test('a vote with names is opened again at once, an anonymous one only by somebody who knows that it begins anew', async () => {
  await at.tell({ people, rounds: [closedRound(1, { a: 2 })] });
  await press('Open this vote again');
  expect(at.asked).toEqual([{ reopenRound: { round: 1 } }]);
  const second = closedRound(2, { a: 2 }, { setup: { ...setup, anonymous: true } });
  await at.tell({ people, rounds: [closedRound(1, { a: 2 }), second] });
  await press('Open this vote again…');
  await press('Leave it closed');
  expect(at.asked).toHaveLength(1);
  await press('Open this vote again…');
  expect(document.querySelector('[role=alertdialog]')?.textContent).toContain(
    'everybody votes anew',
  );
  await press('Begin anew');
  expect(at.asked.slice(1)).toEqual([{ reopenRound: { round: 2 } }]);
});

test('two votes stand side by side, each card with its place in both', async () => {
  const rounds = [closedRound(1, { a: 3, b: 1 }), closedRound(2, { b: 2, c: 1 })];
  vi.stubGlobal('fetch', async () =>
    Response.json({ rounds: rounds.map((round) => ({ ...round, kind: 'dots' })) }),
  );
  await at.tell({ people, rounds });
  await press('Compare…');
  await vi.waitFor(async () => {
    await act(async () => undefined);
    expect(document.querySelector('.v-compare tbody')).not.toBeNull();
  });
  const lines = [...document.querySelectorAll('.v-compare tbody tr')].map((row) =>
    [...row.children].map((cell) => [...cell.childNodes].map((part) => part.textContent).join(' ')),
  );
  expect(lines).toEqual([
    ['B', '2 1 dot', '1 2 dots +1 dot, up 1'],
    ['C', 'not in it', '2 1 dot'],
    ['A', '1 3 dots', 'not in it'],
  ]);
});
