// @vitest-environment happy-dom
// Home, and a table on its way to become a map.
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importMap, listMaps, previewImport, type Sending } from '../../wire/api';
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
  await act(async () =>
    root.render(
      <>
        <HomePage />
        <Toasts />
      </>,
    ),
  );
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
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

/** Picks a table in the browser's dialog. */
async function choose(): Promise<void> {
  const file = new File(['Note,Note,Text\nSearch,Compares,Calls'], 'notes.csv');
  const click = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (
    this: HTMLInputElement,
  ) {
    Object.defineProperty(this, 'files', { value: [file] });
    this.dispatchEvent(new Event('change'));
  });
  await press('Import');
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
