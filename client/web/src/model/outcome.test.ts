// Final places after run-offs (VOTE-8).
import { expect, test } from 'vitest';
import { outcomeOf } from './outcome';
import { placeText } from './rounds';
import { closedRound } from './testing/rounds';

type Rounds = Parameters<typeof outcomeOf>[0];
const places = (...rounds: Rounds): unknown =>
  outcomeOf(rounds)?.places.map((place) => [place.card, placeText(place), place.dots]);

test('without a run-off the places are the round’s own', () => {
  expect(places(closedRound(1, { a: 2, b: 5, c: 2, d: 0 }))).toEqual([
    ['b', '1', 5],
    ['a', '2=', 2],
    ['c', '2=', 2],
  ]);
  expect(outcomeOf([])).toBeUndefined();
});

test('VOTE-8 a run-off settles its tie, in two steps where it must, and changes no other place', () => {
  const first = closedRound(1, { a: 2, b: 2, c: 2, d: 1 });
  const once = closedRound(2, { a: 3, b: 3, c: 0 }, { runOffOf: 1 });
  expect(places(first, once)).toEqual([
    ['a', '1=', 2],
    ['b', '1=', 2],
    ['c', '3', 2],
    ['d', '4', 1],
  ]);
  const twice = closedRound(3, { b: 2, a: 0 }, { runOffOf: 2 });
  const outcome = outcomeOf([first, once, twice]);
  expect(outcome?.round.id).toBe(1);
  expect(outcome?.runOffs.map(({ id }) => id)).toEqual([2, 3]);
  expect(
    outcome?.places.map((place) => [place.card, placeText(place), place.runOff?.round.id]),
  ).toEqual([
    ['b', '1', 3],
    ['a', '2', 2],
    ['c', '3', 2],
    ['d', '4', undefined],
  ]);
  expect(outcome?.places[2]?.runOff?.standing, 'it got no dot there').toBeUndefined();
});

test('a tie below is settled without touching the one above', () => {
  const first = closedRound(1, { a: 5, b: 5, c: 2, d: 2 });
  const low = closedRound(2, { d: 1, c: 0 }, { runOffOf: 1 });
  expect(places(first, low)).toEqual([
    ['a', '1=', 5],
    ['b', '1=', 5],
    ['d', '3', 2],
    ['c', '4', 2],
  ]);
});

test('a later round of its own takes over; an open or cancelled run-off settles nothing', () => {
  const first = closedRound(1, { a: 2, b: 2 });
  const runOff = closedRound(2, { a: 1 }, { runOffOf: 1 });
  expect(outcomeOf([first, runOff, closedRound(3, { c: 1 })])?.round.id).toBe(3);
  for (const state of ['open', 'cancelled'] as const) {
    expect(places(first, { ...runOff, state })).toEqual([
      ['a', '1=', 2],
      ['b', '1=', 2],
    ]);
  }
});
