// What a round's result adds to the list of opportunities.
import { expect, test } from 'vitest';
import { type Opportunity, sorted } from './opportunities';
import { closedRound } from './testing/rounds';
import { votesInSight, withVotes } from './votes';

const opportunity = (id: string): Opportunity =>
  ({
    id,
    card: { id },
    addresses: [],
    gaps: 0,
    unratedPains: 0,
    missing: [],
  }) as unknown as Opportunity;

test('what was closed last counts, and while a round is open nothing does', () => {
  const closed = [closedRound(1, { a: 1 }), closedRound(2, { b: 2, c: 0 })];
  const cancelled = closedRound(3, {}, { state: 'cancelled' });
  const votes = votesInSight([...closed, cancelled]);
  expect(votes?.round.id).toBe(2);
  expect([...(votes?.byCard ?? [])].map(([card, { dots }]) => [card, dots])).toEqual([['b', 2]]);
  expect(votesInSight([...closed, { ...closedRound(4, { c: 9 }), state: 'open' }])).toBeNull();
  expect(votesInSight([])).toBeNull();
});

test('sorted by votes, what nobody voted for comes last; what did not change keeps its identity', () => {
  const all = ['a', 'b', 'c'].map(opportunity);
  const votes = votesInSight([closedRound(1, { c: 5, a: 2 })]);
  const first = withVotes(all, votes);
  const order = (reversed: boolean): readonly string[] =>
    sorted(first, { by: 'votes', reversed }).map(({ id }) => id);
  expect(order(false)).toEqual(['c', 'a', 'b']);
  expect(order(true)).toEqual(['a', 'c', 'b']);
  const again = withVotes(all, votesInSight([closedRound(1, { c: 5, a: 2 })]));
  expect(again.every((one, place) => one === first[place])).toBe(true);
  expect(withVotes(all, null)).toBe(all);
  const tied = withVotes(all, votesInSight([closedRound(2, { c: 2, a: 2 })]));
  const settled = votesInSight([
    closedRound(1, { a: 2, b: 2, c: 2 }),
    closedRound(2, { c: 2, a: 1 }, { runOffOf: 1 }),
  ]);
  expect(
    sorted(withVotes(all, settled), { by: 'votes', reversed: false }).map(({ id }) => id),
    'a run-off counts',
  ).toEqual(['c', 'a', 'b']);
  expect(tied[0], 'as many dots, but now it shares its place').not.toBe(first[0]);
});
