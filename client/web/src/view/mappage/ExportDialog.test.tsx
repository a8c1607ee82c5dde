// @vitest-environment happy-dom
// An export that is let be: nothing comes of it any more.
import { act, type JSX, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toasts } from '../ui';
import { ExportDialog } from './ExportDialog';

let root: Root;
const saved = vi.fn(() => 'blob:x');

interface Asked {
  readonly signal: AbortSignal | null | undefined;
  readonly answer: (response: Response) => void;
}

/** A server that takes its time, and sends what was asked for whether or not anybody still waits. */
let asked: Asked[];

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  asked = [];
  saved.mockClear();
  vi.spyOn(URL, 'createObjectURL').mockImplementation(saved);
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    return new Promise<Response>((answer) => {
      asked.push({ signal, answer });
    });
  });
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function Bar(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <ExportDialog map="m" isOpen={isOpen} onOpenChange={setOpen} />
      <Toasts />
    </>
  );
}

async function press(name: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent === name);
  if (button === undefined) throw new Error(`There is no ${name}.`);
  await act(async () => button.click());
}

async function send(): Promise<void> {
  const form = document.querySelector('form') as HTMLFormElement;
  await act(async () => {
    form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
}

const answer = (place: number): Promise<void> =>
  act(async () => {
    asked[place]?.answer(new Response('%PDF'));
    await new Promise((next) => setTimeout(next));
  });

const isOpen = (): boolean => document.querySelector('form') !== null;

test('an export that was cancelled saves nothing, says nothing and closes no later dialog', async () => {
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () => root.render(<Bar />));
  await press('Open');
  await send();
  await press('Cancel');
  expect([isOpen(), asked[0]?.signal?.aborted]).toEqual([false, true]);

  await press('Open');
  await answer(0);
  expect([isOpen(), saved.mock.calls.length]).toEqual([true, 0]);
  expect(document.body.textContent).not.toContain('Exported');

  // The later one is not busy with the first, and is answered.
  await send();
  expect(asked.length).toBe(2);
  await answer(1);
  expect([isOpen(), saved.mock.calls.length]).toEqual([false, 1]);
  expect(document.body.textContent).toContain('Exported');
});
