// @vitest-environment happy-dom
// The roster in the facilitator’s panel, and what is asked from it.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClientCommand, Me, Shared } from '../../wire/types';
import { ADA, sit } from '../testing/seat';
import { somebody, viewOf, workshopTable } from '../testing/workshop';
import { Asked } from './Asked';
import PeopleTab from './PeopleTab';

const ME: Me = { ...ADA, role: 'facilitator' };
const SELF = somebody('p1', 'Ada', 'facilitator');

let root: Root | undefined;
let asked: ClientCommand[];

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

async function open(first: Shared): Promise<void> {
  const table = await workshopTable(first);
  asked = table.asked;
  const inside = (
    <>
      <PeopleTab />
      <Asked />
    </>
  );
  root = await sit(table.connection, inside, { me: ME });
}

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-row]')];
const names = (): (string | undefined)[] =>
  rows().map((row) => row.querySelector('.people__name > span')?.firstChild?.textContent ?? '');

function named(name: string | RegExp): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('button, [role^="menuitem"]')].find(
    (one) => {
      const own = one.getAttribute('aria-label') ?? one.textContent ?? '';
      return typeof name === 'string' ? own === name : name.test(own);
    },
  );
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

async function press(name: string | RegExp): Promise<void> {
  await act(async () => named(name).click());
}

async function key(name: string): Promise<void> {
  await act(async () => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    );
  });
}

test('many people are one stop of Tab, and are found by name', async () => {
  const crowd = Array.from({ length: 49 }, (_, at) => somebody(`q${at}`, `Guest ${at}`));
  await open(viewOf([SELF, ...crowd]));
  expect(rows()).toHaveLength(50);
  const stops = rows().filter((row) => row.querySelector('button:not([tabindex="-1"])') !== null);
  expect(stops.map(({ dataset }) => dataset.row)).toEqual(['p1']);
  const field = document.querySelector<HTMLInputElement>('.people__search input');
  await act(async () => {
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    write?.call(field, 'guest 42');
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(names()).toEqual(['Guest 42']);
});

test('ACCESS-1 arrows go along the roster, to the same button of the next row', async () => {
  await open(viewOf([SELF, somebody('p2', 'Ben'), somebody('p3', 'Cy')]));
  await act(async () => named('Options for yourself').focus());
  const focused = (): string | null | undefined =>
    document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
  await key('ArrowDown');
  expect(focused()).toBe('Options for Ben');
  await key('End');
  expect(focused()).toBe('Options for Cy');
  await key('Home');
  expect(focused()).toBe('Edit');
  await key('ArrowRight');
  expect(focused()).toBe('Options for yourself');
});

test('a role is given from the menu, and the same role again asks nothing', async () => {
  await open(viewOf([SELF, somebody('p2', 'Ben')]));
  await press('Options for Ben');
  await press('Facilitator');
  expect(asked).toEqual([{ setRole: { participant: 'p2', role: 'facilitator' } }]);
  await press('Options for Ben');
  await press('Participant');
  expect(asked).toHaveLength(1);
});

test('ROLE-3 handing over makes the other a facilitator before oneself a participant', async () => {
  await open(viewOf([SELF, somebody('p2', 'Ben')]));
  await press('Options for Ben');
  await press('Hand over facilitation…');
  await press('Hand over');
  expect(asked).toEqual([
    { setRole: { participant: 'p2', role: 'facilitator' } },
    { setRole: { participant: 'p1', role: 'participant' } },
  ]);
});
