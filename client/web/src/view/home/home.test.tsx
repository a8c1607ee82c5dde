// @vitest-environment happy-dom
// Home, and a table on its way to become a map.
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { today } from '../../model/review';
import { importMap, listMaps, previewImport, type Sending } from '../../wire/api';
import { slowServer, takes } from '../../wire/testing';
import type { CreatedMap, ImportPreview, MapEntry } from '../../wire/types';
import { loadParts } from '../later';
import { knownInvites } from '../remembered';
import { Toasts } from '../ui';
import { HomePage } from './HomePage';

vi.mock('../../wire/api', async (actual) => ({
  ...(await actual<typeof import('../../wire/api')>()),
  importMap: vi.fn(),
  listMaps: vi.fn(),
  previewImport: vi.fn(),
}));

const PREVIEW: ImportPreview = {
  title: 'Notes',
  shape: 'cards',
  fields: [
    { name: 'text', title: 'Card' },
    { name: 'stage', title: 'Stage' },
  ],
  columns: [
    { title: 'Note', field: 'stage', samples: ['Search'] },
    { title: 'Note', samples: ['Compares'] },
    { title: 'Text', field: 'text', samples: ['Calls'] },
  ],
  stages: ['Search'],
  lanes: [{ title: 'Actions', kind: 'action', cards: 1 }],
  cards: 1,
  first: [],
  notes: [],
};

let root: Root;
let inList: MapEntry[];

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  localStorage.clear();
  inList = [entry('old', 'An old one')];
  vi.mocked(listMaps).mockImplementation(async () => ({
    maps: [...inList],
    mayCreate: true,
    isArchive: false,
  }));
  vi.mocked(previewImport).mockResolvedValue(PREVIEW);
  await loadParts();
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await home();
});

/** The page as somebody sees it who comes to it now. */
function home(): Promise<void> {
  return act(async () =>
    root.render(
      <>
        <HomePage key={String(inList.length)} />
        <Toasts />
      </>,
    ),
  );
}

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const entry = (id: string, title: string): MapEntry => ({
  id,
  title,
  kind: 'current-state',
  touched: '2026-01-02T03:04:05Z',
  reviewDue: null,
  deletedOn: null,
  currentState: '',
  role: null,
});

function named(role: string, name: string | RegExp): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>(role)].find((one) =>
    RegExp(name).test(one.getAttribute('aria-label') ?? one.textContent ?? ''),
  );
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

const press = (name: string): Promise<void> =>
  act(async () => named('button', `^${name}$`).click());

const TABLE = new File(['Note,Note,Text\nSearch,Compares,Calls'], 'notes.csv');

/** Picks a file in the browser's dialog. */
async function choose(file = TABLE, button = 'Import'): Promise<void> {
  const click = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (
    this: HTMLInputElement,
  ) {
    Object.defineProperty(this, 'files', { value: [file] });
    this.dispatchEvent(new Event('change'));
  });
  await press(button);
  click.mockRestore();
}

async function sendForm(): Promise<void> {
  await act(async () => {
    const submit = new Event('submit', { bubbles: true, cancelable: true });
    document.querySelector('form.import')?.dispatchEvent(submit);
  });
}

const becomes = (): string[] =>
  [...document.querySelectorAll<HTMLSelectElement>('.import__columns select')].map(
    ({ value }) => value,
  );

test('of two columns with one title only the one that is a field is shown as it', async () => {
  await choose();
  expect(becomes()).toEqual(['stage', '', 'text']);
  const text = named('select', /“Text”/) as HTMLSelectElement;
  await act(async () => {
    text.value = '';
    text.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(vi.mocked(previewImport).mock.lastCall?.[2]).toMatchObject({ columns: { stage: 'Note' } });
  expect(becomes()).toEqual(['stage', '', '']);
});

/** Lets an import begin, cancels it and says how it comes out then. */
async function cancelled(come: (made: Promise<CreatedMap>) => Promise<CreatedMap>): Promise<void> {
  let end: (made: CreatedMap) => void = () => undefined;
  const made = new Promise<CreatedMap>((resolve) => {
    end = resolve;
  });
  let signal: AbortSignal | undefined;
  vi.mocked(importMap).mockImplementation((_file, _type, _asked, sending: Sending = {}) => {
    signal = sending.signal;
    return come(made);
  });
  await choose();
  await sendForm();
  await press('Cancel');
  expect(signal?.aborted).toBe(true);
  inList = [...inList, entry('new', 'Notes')];
  await act(async () =>
    end({ id: 'new', invites: { facilitator: 'f', participant: 'p', observer: 'o' } }),
  );
}

const shown = (): string => document.body.textContent ?? '';

test('a map that was being made when its import was cancelled is in the list, and said', async () => {
  await cancelled((made) => made);
  expect(location.pathname).not.toContain('/map/');
  expect(shown()).toContain('“Notes” was made all the same');
  expect(document.querySelector('a[href="/map/new"]')).not.toBeNull();
  // Whoever made it can let people in.
  expect(knownInvites('new')).toMatchObject({ participant: 'p' });
  await press('Dismiss');
});

test('an import that was stopped before it was whole is not said, and the list is looked at', async () => {
  await cancelled((made) => made.then(() => Promise.reject(new Error('stopped'))));
  expect(shown()).not.toContain('all the same');
  expect(shown()).not.toContain('stopped');
  expect(document.querySelector('a[href="/map/new"]')).not.toBeNull();
});

/** Every bar that says how far an import is: its value, if it has one, and the words beside it. */
const progress = (): [string | null, string | null][] =>
  [...document.querySelectorAll('progress')].map((bar) => [
    bar.getAttribute('value'),
    bar.parentElement?.textContent ?? null,
  ]);

/** An import by the real transport to a server that takes its time; `begin` starts it. */
async function slowly(begin: () => Promise<void>, refusal: string): Promise<void> {
  const { importMap: sent } =
    await vi.importActual<typeof import('../../wire/api')>('../../wire/api');
  vi.mocked(importMap).mockImplementation(sent);
  const { requests } = slowServer(422, { title: 'Not a map', status: 422, detail: refusal });
  expect(progress()).toEqual([]);
  await begin();
  expect(progress()).toEqual([['0', 'Sending the file…']]);
  const [request] = requests;
  for (const loaded of [3, 9]) {
    await act(async () => takes(request, loaded));
    expect(progress()).toEqual([[String(loaded / 10), 'Sending the file…']]);
  }
  // It is there whole, and the server is at work on it: nobody knows for how long.
  await act(async () => takes(request, 10));
  expect(progress()).toEqual([[null, 'Making the map…']]);
  expect(document.querySelector('progress')?.closest('[role=status]')).not.toBeNull();
  await act(async () => void request?.dispatchEvent(new Event('load')));
  expect(progress()).toEqual([]);
  expect(shown()).toContain(refusal);
}

const BIG = new File(['{}'], 'big.json', { type: 'application/json' });

test('a table on its way says in its dialog, and nowhere else, how far it is', () =>
  slowly(async () => {
    await choose();
    await sendForm();
  }, 'row 3 says nothing'));

test('a map on its way from a file says above the list how far it is', () =>
  slowly(() => choose(BIG), 'no stages'));

test('the first map of all says how far it is, too', async () => {
  inList = [];
  await home();
  await slowly(() => choose(BIG, 'import a file'), 'no stages');
});

test('a map’s review is said beside it when it is due soon, pressing from its day on', async () => {
  const now = new Date();
  const day = (days: number): string =>
    today(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
  inList = [-3, 0, 5, 30, null].map((days) => ({
    ...entry(`in ${days}`, `Due in ${days}`),
    reviewDue: days === null ? null : day(days),
  }));
  await home();
  const said = [...document.querySelectorAll('.map-card')].map((card) => [
    card.querySelector('.map-card__title')?.textContent,
    [...card.querySelectorAll('.c-badge')].map((badge) => [
      badge.textContent,
      badge.classList.contains('c-badge--warn'),
    ]),
  ]);
  expect(said).toEqual([
    ['Due in -3', [['Review overdue by 3 days', true]]],
    ['Due in 0', [['Review due today', true]]],
    ['Due in 5', [['Review due in 5 days', false]]],
    ['Due in 30', []],
    ['Due in null', []],
  ]);
  expect(shown()).toMatch(/· review due \S/);
});
