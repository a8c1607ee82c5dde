// The own ballot as a page shows it, against the words of a server: VOTE-2, VOTE-3, VOTE-6 and VOTE-7 as a voter sees them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from '../sync/store';
import { CommandRefused, type WorkshopChannel } from '../sync/workshop';
import type { ClientCommand, Personal, RoundView, Shared } from '../wire/channel';
import { openVoting, type Refused, type Voting } from './ballot';

interface Asked {
  readonly card: string;
  readonly dots: number;
  readonly done: () => Promise<void>;
  readonly refuse: (rule: string, why: string) => Promise<void>;
}

const shared = createStore<Shared | null>(null);
const personal = createStore<Personal | null>(null);
let asked: Asked[];
let refused: Refused[];
let voting: Voting;

const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

const workshop: WorkshopChannel = {
  shared,
  personal,
  send: (command: ClientCommand) =>
    new Promise((done, failed) => {
      if (!('vote' in command)) throw new Error('only votes are expected');
      asked.push({
        card: command.vote.card,
        dots: command.vote.dots,
        done: () => {
          done({ done: 'r' });
          return settle();
        },
        refuse: (rule, why) => {
          failed(new CommandRefused(why, rule));
          return settle();
        },
      });
    }),
};

function round(id: number, change: Partial<RoundView> = {}): RoundView {
  return {
    id,
    state: 'open',
    opened: 0,
    setup: {
      question: 'What first?',
      targets: {},
      dots: 3,
      mostPerCard: 2,
      visibility: 'secret',
      anonymous: false,
    },
    targets: ['a', 'b', 'c'].map((card) => ({ card, text: card, withdrawn: false })),
    ...change,
  };
}

function opens(...rounds: RoundView[]): void {
  const rest = { seq: 1, now: 0, people: [], agenda: [], hands: [], parked: [], emotionRounds: [] };
  shared.set({ ...rest, rounds });
}

function tells(dots: Record<string, number>, id = 1): void {
  const left = 3 - Object.values(dots).reduce((sum, n) => sum + n, 0);
  personal.set({ participant: 'p1', role: 'participant', ballot: { round: id, dots, left } });
}

const shown = (): unknown => {
  const now = voting.ballot.get();
  return now === null ? null : [Object.fromEntries(now.dots), now.left];
};

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  refused = [];
  opens(round(1));
  tells({});
  voting = openVoting(workshop);
  voting.onRefused((one) => refused.push(one));
});

afterEach(() => {
  vi.useRealTimers();
});

test('a dot shows at once and stays when the server has taken it', async () => {
  expect(voting.place('a', 1)).toEqual({ kind: 'placed', dots: 1, left: 2 });
  expect(shown()).toEqual([{ a: 1 }, 2]);
  await asked[0]?.done();
  expect(shown(), 'until its view comes').toEqual([{ a: 1 }, 2]);
  tells({ a: 1 });
  expect(shown()).toEqual([{ a: 1 }, 2]);
  expect(voting.ballot.get()?.waiting).toBe(0);
});

test('VOTE-3 never more dots than there are, nor more on a card than allowed: nothing is asked', () => {
  expect(voting.place('a', 3)).toEqual({ kind: 'most', most: 2 });
  voting.place('a', 2);
  expect(voting.place('b', 2)).toEqual({ kind: 'none-left' });
  voting.place('b', 1);
  expect(voting.place('c', 1)).toEqual({ kind: 'none-left' });
  expect(asked.map(({ card, dots }) => [card, dots])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
  expect(voting.place('x', 1)).toEqual({ kind: 'not-in-round' });
  expect(voting.place('a', 2)).toEqual({ kind: 'same', dots: 2, left: 0 });
});

test('what the server refuses goes back, with its words', async () => {
  voting.place('a', 2);
  // Another tab of the same person was faster.
  tells({ b: 2 });
  expect(shown(), 'more than there are show as none left').toEqual([{ a: 2, b: 2 }, 0]);
  await asked[0]?.refuse('VOTE-3', 'you have 3 dots, and all are placed');
  expect(shown()).toEqual([{ b: 2 }, 1]);
  expect(refused).toEqual([
    { card: 'a', dots: 0, why: 'you have 3 dots, and all are placed', rule: 'VOTE-3' },
  ]);
});

test('of several wishes on one card only the last answer counts', async () => {
  voting.place('a', 1);
  voting.place('a', 2);
  voting.place('a', 0);
  await asked[0]?.done();
  tells({ a: 1 });
  expect(shown(), 'the first answer does not undo the later wish').toEqual([{}, 3]);
  await asked[1]?.refuse('VOTE-7', 'over');
  expect(refused).toEqual([]);
  await asked[2]?.done();
  tells({});
  expect(shown()).toEqual([{}, 3]);
});

test('VOTE-2 the dots of another tab show as the server tells of them', async () => {
  voting.place('a', 2);
  await asked[0]?.done();
  tells({ a: 2, b: 1 });
  expect(shown()).toEqual([{ a: 2, b: 1 }, 0]);
  tells({ b: 1 });
  expect(shown()).toEqual([{ b: 1 }, 2]);
});

test('a wish that was granted before a reconnection does not cover what another tab did since', async () => {
  voting.place('a', 2);
  tells({ a: 1 });
  await asked[0]?.done();
  expect(shown()).toEqual([{ a: 2 }, 1]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown()).toEqual([{ a: 1 }, 2]);
});

test('VOTE-6 the dots of a withdrawn card are back at once, even those under way', () => {
  voting.place('a', 2);
  opens(
    round(1, {
      targets: [
        { card: 'a', text: 'a', withdrawn: true },
        { card: 'b', text: 'b', withdrawn: false },
      ],
    }),
  );
  expect(shown()).toEqual([{}, 3]);
  expect(voting.place('a', 1)).toEqual({ kind: 'withdrawn' });
});

test('VOTE-7 a round that is over has no ballot, and the next one begins without the last one’s wishes', () => {
  voting.place('a', 2);
  opens(round(1, { state: 'closed', result: [] }));
  expect(shown()).toBeNull();
  expect(voting.place('a', 1)).toEqual({ kind: 'no-ballot' });
  opens(round(1, { state: 'closed', result: [] }), round(2));
  tells({}, 2);
  expect(shown()).toEqual([{}, 3]);
});

test('VOTE-7 a dot that comes after the end is told of, though its round is gone by then', async () => {
  voting.place('a', 1);
  opens(round(1, { state: 'closed', result: [] }));
  personal.set({ participant: 'p1', role: 'participant' });
  await asked[0]?.refuse('VOTE-7', 'this round is over');
  expect(refused).toEqual([{ card: 'a', dots: 0, why: 'this round is over', rule: 'VOTE-7' }]);
});

test('the page is closed before the server answers: nobody is told anything', async () => {
  voting.place('a', 1);
  await asked[0]?.refuse('', 'The map was closed before the server answered.');
  expect(refused).toEqual([]);
});
