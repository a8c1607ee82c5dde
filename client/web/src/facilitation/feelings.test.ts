import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from '../sync/store';
import { CommandRefused, type WorkshopChannel } from '../sync/workshop';
import type { FeelingsView, Personal, Shared } from '../wire/channel';
import { OwnFeelings } from './feelings';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function round() {
  const sent: unknown[] = [];
  const refused: string[] = [];
  let answers: { done(): void; refuse(): void }[] = [];
  const personal = createStore<Personal | null>(null);
  const see = (feelings?: FeelingsView): void =>
    personal.set({ participant: 'p1', role: 'participant', ...(feelings ? { feelings } : {}) });
  const send: WorkshopChannel['send'] = (command) => {
    sent.push('feel' in command ? command.feel : command);
    return new Promise((done, failed) => {
      answers.push({
        done: () => done({ done: 'r' }),
        refuse: () => failed(new CommandRefused('The round is closed.', 'EMO-4')),
      });
    });
  };
  const workshop = { shared: createStore<Shared | null>(null), personal, send };
  const isConnected = createStore(true);
  const own = new OwnFeelings(workshop, isConnected, ({ why }) => refused.push(why));
  const answer = async (how: 'done' | 'refuse'): Promise<void> => {
    const all = answers;
    answers = [];
    for (const one of all) one[how]();
    await vi.advanceTimersByTimeAsync(0);
  };
  see({ round: 3, scores: {} });
  return { own, sent, refused, see, answer, isConnected };
}

test('only where a finger rests is sent, and at once when it lets go', async () => {
  const { own, sent } = round();
  for (const score of [0.5, 1, 1.5]) own.place('a', score);
  expect(own.scores.get()).toEqual({ a: 1.5 });
  expect(sent).toEqual([]);
  own.settle('a');
  expect(sent).toEqual([{ round: 3, stage: 'a', score: 1.5 }]);
});

test('EMO-8 not answered is not 0, and can be come back to', async () => {
  const { own, sent, see, answer } = round();
  see({ round: 3, scores: { a: 0 } });
  expect(own.scores.get()).toEqual({ a: 0 });
  own.place('a', null);
  own.settle('a');
  expect(own.scores.get()).toEqual({});
  expect(sent).toEqual([{ round: 3, stage: 'a' }]);
  see({ round: 3, scores: {} });
  await answer('done');
  expect([own.scores.get(), own.saving.get()]).toEqual([{}, 'saved']);
});

test('EMO-8 what is refused goes back to what the server has, with the reason', async () => {
  const { own, refused, see, answer } = round();
  see({ round: 3, scores: { a: -1 } });
  own.place('a', 2);
  own.settle('a');
  expect([own.scores.get(), own.saving.get()]).toEqual([{ a: 2 }, 'saving']);
  await answer('refuse');
  expect(own.scores.get()).toEqual({ a: -1 });
  expect(refused).toEqual(['The round is closed.']);
});

test('the server’s view counts: another tab of the same person is followed', () => {
  const { own, see } = round();
  see({ round: 3, scores: { a: 1, b: -2 } });
  expect(own.scores.get()).toEqual({ a: 1, b: -2 });
});

test('without a connection it waits', () => {
  const { own, isConnected } = round();
  own.place('a', 1);
  isConnected.set(false);
  expect(own.saving.get()).toBe('waiting');
});

test('a wish for one round never slips into the next', async () => {
  const { own, sent, see } = round();
  own.place('a', 1);
  see();
  expect(own.scores.get()).toBeNull();
  see({ round: 4, scores: {} });
  expect(own.scores.get()).toEqual({});
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual([]);
});
