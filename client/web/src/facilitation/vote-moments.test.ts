// What is news in a vote, and what is none.
import { expect, test } from 'vitest';
import type { RoundView } from '../wire/channel';
import { markPassed, voteMoments } from './vote-moments';

function round(id: number, change: Partial<RoundView> = {}): RoundView {
  return {
    id,
    state: 'open',
    opened: 1,
    setup: {
      question: `Round ${id}`,
      targets: {},
      dots: 3,
      mostPerCard: 2,
      visibility: 'secret',
      anonymous: false,
    },
    targets: ['a', 'b'].map((card) => ({ card, text: card.toUpperCase(), withdrawn: false })),
    ...change,
  };
}

const none = new Map<string, number>();
const look = (rounds: readonly RoundView[], dots = none) => ({ rounds, dots });
const kinds = (...args: Parameters<typeof voteMoments>): readonly string[] =>
  voteMoments(...args).map((moment) =>
    'round' in moment ? `${moment.kind} ${moment.round.id}` : moment.kind,
  );

test('at the first look an open round is news, and what is over is not', () => {
  const rounds = [round(1, { state: 'closed', result: [] }), round(2)];
  expect(kinds(undefined, look(rounds))).toEqual(['opened 2']);
});

test('a round opens, is closed, opens again and is cancelled, each once', () => {
  const open = [round(1)];
  const closed = [round(1, { state: 'closed', ended: 5, result: [] })];
  const again = [round(1, { opened: 9 })];
  const cancelled = [round(1, { state: 'cancelled', opened: 9, ended: 12 })];
  expect(kinds(look([]), look(open))).toEqual(['opened 1']);
  expect(kinds(look(open), look(closed))).toEqual(['closed 1']);
  expect(kinds(look(closed), look(closed))).toEqual([]);
  expect(kinds(look(closed), look(again))).toEqual(['reopened 1']);
  expect(kinds(look(open), look(again)), 'what lay between was not seen').toEqual(['reopened 1']);
  expect(kinds(look(again), look(cancelled))).toEqual(['cancelled 1']);
});

test('whoever was away while a round came and went hears that it is over', () => {
  expect(kinds(look([]), look([round(1, { state: 'closed', ended: 5, result: [] })]))).toEqual([
    'closed 1',
  ]);
});

test('VOTE-6 a withdrawn card is told to whoever had dots on it', () => {
  const before = [round(1)];
  const after = [
    round(1, {
      targets: [
        { card: 'a', text: 'A', withdrawn: true },
        { card: 'b', text: 'B', withdrawn: false },
      ],
    }),
  ];
  expect(voteMoments(look(before, new Map([['a', 2]])), look(after))).toEqual([
    { kind: 'withdrawn', text: 'A', dots: 2 },
  ]);
  expect(voteMoments(look(before, new Map([['b', 2]])), look(after))).toEqual([]);
});

test('the last minute and the last ten seconds, each once', () => {
  expect(markPassed(61, 60)).toBe(60);
  expect(markPassed(60, 59)).toBeUndefined();
  expect(markPassed(70, 9)).toBe(60);
  expect(markPassed(11, 10)).toBe(10);
  expect(markPassed(null, 30)).toBeUndefined();
  expect(markPassed(1, 0)).toBeUndefined();
});
