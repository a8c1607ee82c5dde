// @vitest-environment happy-dom
// What cannot be undone is not done by habit.
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SureDialog } from './SureDialog';

let root: Root;
const close = vi.fn();

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  close.mockReset();
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

async function open(onAct: () => Promise<string | undefined>): Promise<void> {
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () =>
    root.render(
      <SureDialog
        title="Erase Ben Oakley?"
        name="Ben Oakley"
        what="their name"
        act="Erase"
        onAct={onAct}
        onClose={close}
      >
        <p>All of it goes.</p>
      </SureDialog>,
    ),
  );
}

async function send(typed: string): Promise<void> {
  const input = document.querySelector('input') as HTMLInputElement;
  await act(async () => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    set?.call(input, typed);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const form = document.querySelector('form') as HTMLFormElement;
  await act(async () => {
    form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
}

test('nothing is done before the name was typed', async () => {
  const doIt = vi.fn(async () => undefined);
  await open(doIt);
  for (const typed of ['', 'Ben', 'ben oakley']) {
    await send(typed);
    expect(doIt).not.toHaveBeenCalled();
    expect(document.body.textContent).toContain('Type their name: Ben Oakley');
  }
  await send(' Ben  Oakley ');
  expect(doIt).toHaveBeenCalledOnce();
  expect(close).toHaveBeenCalledOnce();
});

test('what could not be done is said, and the question stays', async () => {
  await open(async () => 'A round is under way: close or cancel it first.');
  await send('Ben Oakley');
  expect(document.body.textContent).toContain('A round is under way');
  expect(close).not.toHaveBeenCalled();
});
