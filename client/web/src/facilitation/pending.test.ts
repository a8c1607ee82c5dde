import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from '../sync/store';
import { CommandRefused } from '../sync/workshop';
import { Pending } from './pending';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that answers when told to. */
function desk() {
  const sent: { key: string; value: string; done(): void; refuse(why: CommandRefused): void }[] =
    [];
  const view = createStore<Readonly<Record<string, string>>>({});
  const refused: [string, string, string][] = [];
  const pending = new Pending<string>({
    send: (key, value) =>
      new Promise<void>((done, fail) => {
        sent.push({ key, value, done, refuse: fail });
      }),
    view,
    shows: (key, value) => view.get()[key] === value,
    refused: (key, value, { why }) => refused.push([key, value, why]),
    pause: 500,
  });
  /** What this person sees for a key. */
  const shown = (key: string): string | undefined => pending.get(key)?.value ?? view.get()[key];
  return { sent, view, refused, pending, shown, words: () => sent.map(({ value }) => value) };
}

const answered = () => vi.advanceTimersByTimeAsync(0);

test('the last word of a pause goes out, once', async () => {
  const { pending, words } = desk();
  for (const text of ['h', 'he', 'hey']) pending.want('a', text);
  await vi.advanceTimersByTimeAsync(499);
  expect(words()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(words()).toEqual(['hey']);
  pending.flush('a');
  expect(words()).toEqual(['hey']);
});

test('a newer word waits for the older one, and goes out when that is answered', async () => {
  const { pending, sent, words, shown } = desk();
  pending.want('a', 'one', 0);
  await answered();
  pending.want('a', 'two', 0);
  await answered();
  pending.flush('a');
  expect(words()).toEqual(['one']);
  expect(shown('a')).toBe('two');
  sent[0]?.done();
  await answered();
  expect(words()).toEqual(['one', 'two']);
});

test('what was carried out counts until the next view, and then no more', async () => {
  const { pending, sent, view, shown } = desk();
  view.set({ a: 'old' });
  pending.want('a', 'new', 0);
  await answered();
  sent[0]?.done();
  await answered();
  expect(shown('a')).toBe('new');
  view.set({ a: 'of the other tab' });
  expect(shown('a')).toBe('of the other tab');
});

test('an older view does not take away what is being typed', async () => {
  const { pending, sent, view, shown } = desk();
  pending.want('a', 'ab', 0);
  await answered();
  pending.want('a', 'abc');
  view.set({ a: 'ab' });
  sent[0]?.done();
  await answered();
  expect(shown('a')).toBe('abc');
});

test('a view that came before its answer ends the wish at once', async () => {
  const { pending, sent, view } = desk();
  pending.want('a', 'new', 0);
  await answered();
  view.set({ a: 'new' });
  expect(pending.get('a')?.at).toBe('sent');
  sent[0]?.done();
  await answered();
  expect(pending.get('a')).toBeUndefined();
});

test('an answered wish that no view ever shows does not stay for ever', async () => {
  const { pending, sent } = desk();
  pending.want('a', 'new', 0);
  await answered();
  sent[0]?.done();
  await answered();
  await vi.advanceTimersByTimeAsync(2000);
  expect(pending.get('a')).toBeUndefined();
});

test('a refusal gives the words back with the reason, and a newer word goes out after it', async () => {
  const { pending, sent, refused, words } = desk();
  pending.want('a', 'one', 0);
  await answered();
  pending.want('a', 'two', 0);
  await answered();
  sent[0]?.refuse(new CommandRefused('Too late.', 'DRAFT-2'));
  await answered();
  expect(refused).toEqual([['a', 'one', 'Too late.']]);
  expect(words()).toEqual(['one', 'two']);
  sent[1]?.refuse(new CommandRefused('Too late.', 'DRAFT-2'));
  await answered();
  expect(pending.get('a')).toBeUndefined();
});

test('a connection that ends refuses nothing: the wish waits on', async () => {
  const { pending, sent, refused } = desk();
  pending.want('a', 'one', 0);
  await answered();
  sent[0]?.refuse(new CommandRefused('The map was closed.', ''));
  await answered();
  expect(refused).toEqual([]);
  expect(pending.get('a')).toEqual({ value: 'one', at: 'waiting' });
});

test('what is held back goes nowhere, not even when an older word is answered', async () => {
  const { pending, sent, words } = desk();
  pending.want('a', 'one', 0);
  await answered();
  pending.hold('a', '');
  sent[0]?.done();
  await vi.advanceTimersByTimeAsync(5000);
  expect(words()).toEqual(['one']);
  expect(pending.get('a')?.value).toBe('');
});
