// What a round's result adds to the list of opportunities.
import { expect, test } from 'vitest';
import type { RoundView } from '../wire/channel';
import { type Opportunity, ORDERS, sorted } from './opportunities';
import { latestVotes, withVotes } from './votes';

function round(id: number, state: RoundView['state'], result?: RoundView['result']): RoundView {
  return {
    id,
    state,
    opened: 0,
    targets: [],
    setup: {
      question: `Round ${id}`,
      targets: {},
      dots: 3,
      mostPerCard: 3,
      visibility: 'secret',
      anonymous: false,
    },
    ...(result === undefined ? {} : { result }),
  };
}

const result = (card: string, dots: number): NonNullable<RoundView['result']>[number] => ({
  card,
  dots,
  voters: dots,
  rank: 1,
});

const opportunity = (id: string): Opportunity =>
  ({
    id,
    card: { id },
    addresses: [],
    gaps: 0,
    unratedPains: 0,
    missing: [],
  }) as unknown as Opportunity;

test('the round closed last counts; open and cancelled ones do not', () => {
  const rounds = [
    round(1, 'closed', [result('a', 1)]),
    round(2, 'closed', [result('b', 2)]),
    round(3, 'cancelled'),
    round(4, 'open', [result('c', 9)]),
  ];
  const votes = latestVotes(rounds);
  expect(votes?.question).toBe('Round 2');
  expect([...(votes?.dots ?? [])]).toEqual([['b', 2]]);
  expect(latestVotes([])).toBeNull();
});

test('sorted by votes, what nobody voted for comes last; what did not change keeps its identity', () => {
  const all = ['a', 'b', 'c'].map(opportunity);
  const votes = latestVotes([round(1, 'closed', [result('c', 5), result('a', 2)])]);
  const first = withVotes(all, votes);
  expect(ORDERS.votes.label).toBe('Votes');
  expect(sorted(first, { by: 'votes', reversed: false }).map(({ id }) => id)).toEqual([
    'c',
    'a',
    'b',
  ]);
  expect(sorted(first, { by: 'votes', reversed: true }).map(({ id }) => id)).toEqual([
    'a',
    'c',
    'b',
  ]);
  const again = withVotes(all, votes);
  expect(again.every((one, place) => one === first[place])).toBe(true);
  expect(withVotes(all, null)).toBe(all);
});
