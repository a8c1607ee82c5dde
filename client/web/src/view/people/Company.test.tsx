// @vitest-environment happy-dom
// What others do to one’s own page: a role, a call.
import { act, type ReactNode } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCard } from '../../model/cards';
import type { Journey } from '../../model/journey';
import type { WritableStore } from '../../sync/store';
import type { Me, Role, Shared } from '../../wire/types';
import { MapEditor } from '../map/MapEditor';
import { rememberToldRole } from '../remembered';
import { ADA, sit } from '../testing/seat';
import { somebody, viewOf, workshopTable } from '../testing/workshop';
import { Announcer, say } from '../ui';
import { Company } from './Company';

const ME: Me = { ...ADA, role: 'facilitator' };
const SELF = somebody('p1', 'Ada', 'facilitator');

let root: Root | undefined;
let other: Journey;
let shared: WritableStore<Shared | null>;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  localStorage.clear();
  sessionStorage.clear();
  say('');
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

async function open(first: Shared, me: Me = ME, beside: ReactNode = null): Promise<void> {
  const table = await workshopTable(first);
  ({ other, shared } = table);
  const inside = (
    <>
      <Company me={me} part="grid" />
      {beside}
      <Announcer />
    </>
  );
  root = await sit(table.connection, inside, { me });
}

async function tell(next: Shared): Promise<void> {
  await act(async () => shared.set(next));
}

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

const said = (): string => document.querySelector('[role="status"]')?.textContent?.trim() ?? '';

test('one’s own new role is said once, in words, also when it came while one was away', async () => {
  const as = (role: Role): Me => ({ ...ME, role });
  rememberToldRole(as('participant'));
  await open(viewOf([SELF]), as('facilitator'));
  expect(said()).toMatch(/^You are a facilitator now/);
  await act(async () => root?.unmount());
  document.body.replaceChildren();
  say('');
  await open(viewOf([SELF]), as('facilitator'));
  expect(said()).toBe('');
});

const call = (card: string, number: number) => ({
  spotlight: { spot: { card }, by: 'p2', call: number },
});
const standsOn = (): string | undefined =>
  (document.activeElement as HTMLElement | null)?.dataset.spot;

test('SPOT-1 a call to a card that is not here yet is followed when it comes', async () => {
  const people = [SELF, somebody('p2', 'Ben', 'facilitator')];
  await open(viewOf(people), ME, <MapEditor />);
  await tell(viewOf(people, call('late', 7)));
  expect(document.querySelector('.company__words')?.textContent).toContain('not on the map');
  await act(async () => {
    addCard(other, {
      id: 'late',
      place: { lane: 'ideas', stage: 'second', index: 0 },
      text: 'Late',
      author: 'Ben',
      at: '2026-11-01T10:00:00Z',
      fields: {},
    });
  });
  expect(standsOn()).toBe('card late');
  expect(said()).toBe('Ben brought everyone to “Late”');
  // Elsewhere by now; another view brings no other call.
  await act(async () => document.querySelector<HTMLElement>('[data-spot="card a"]')?.focus());
  await tell(viewOf(people, { ...call('late', 7), hands: ['p2'] }));
  expect(standsOn()).toBe('card a');
});

test('SPOT-1 whoever types stays with their words, and goes when they say so', async () => {
  const people = [SELF, somebody('p2', 'Ben', 'facilitator')];
  await open(viewOf(people), ME, <MapEditor />);
  await act(async () => document.querySelector<HTMLElement>('[data-spot="card a"]')?.focus());
  await key('F2');
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  await tell(viewOf(people, call('c', 7)));
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  expect(said()).toMatch(/^Ben brings everyone to “C”/);
  await press('Go there');
  expect(standsOn()).toBe('card c');
});
