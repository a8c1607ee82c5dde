// Places and ties of closed rounds (VOTE-8), and which round is the one that counts.
import { expect, test } from 'vitest';
import {
  canRunOff,
  dotsPlaced,
  latestClosed,
  placeText,
  runOffsOf,
  standings,
  ties,
  withdrawnOf,
} from './rounds';
import { closedRound, setup } from './testing/rounds';

const all = (): boolean => true;

test('VOTE-8 ties share a place, are shown as ties, and cards without a dot are in none', () => {
  const places = standings(closedRound(1, { a: 2, b: 5, c: 2, d: 0 }));
  expect(places.map((place) => [place.card, place.text, placeText(place)])).toEqual([
    ['b', 'B', '1'],
    ['a', 'A', '2='],
    ['c', 'C', '2='],
  ]);
  expect(ties(places)).toEqual([{ rank: 2, dots: 2, cards: places.slice(1) }]);
  expect(ties(standings(closedRound(2, { a: 0, b: 0 }))), 'nothing is no tie').toEqual([]);
});

test('a run-off is offered where it decides what is done first, and at least two of the cards are left', () => {
  const dots = { a: 9, b: 8, c: 7, d: 6, e: 5, f: 5, g: 1, h: 1 };
  const [fifth, last] = ties(standings(closedRound(1, dots)));
  expect(fifth?.rank).toBe(5);
  expect(fifth && canRunOff(fifth, all)).toBe(true);
  expect(fifth && canRunOff(fifth, (card) => card !== 'e')).toBe(false);
  expect(last?.rank).toBe(7);
  expect(last && canRunOff(last, all)).toBe(false);
});

test('the run-offs of a tie are those about its cards; a cancelled one settled nothing', () => {
  const first = closedRound(1, { a: 3, b: 3, c: 1, d: 1 });
  const [top, low] = ties(standings(first));
  const settles = closedRound(2, { a: 2, b: 1 }, { runOffOf: 1 });
  const other = closedRound(3, { c: 1, d: 0 }, { runOffOf: 1 });
  const cancelled = closedRound(4, { a: 0, b: 0 }, { runOffOf: 1, state: 'cancelled' });
  const rounds = [first, settles, other, cancelled];
  expect(top && runOffsOf(rounds, 1, top).map(({ id }) => id)).toEqual([2]);
  expect(low && runOffsOf(rounds, 1, low).map(({ id }) => id)).toEqual([3]);
  // A run-off nobody voted in names no card once it is over.
  const empty = { ...closedRound(5, {}, { runOffOf: 1 }), result: [] };
  expect(top && runOffsOf([first, empty], 1, top).map(({ id }) => id)).toEqual([5]);
});

test('the round that counts is the one closed last, be it an older one that was opened again', () => {
  const again = closedRound(1, { a: 1 }, { ended: 999 });
  expect(latestClosed([again, closedRound(2, { a: 2 })])).toBe(again);
  const open = { ...closedRound(3, { a: 1 }), state: 'open' as const };
  const cancelled = closedRound(4, {}, { state: 'cancelled', ended: 9999 });
  expect(latestClosed([closedRound(2, { a: 2 }), open, cancelled])?.id).toBe(2);
  expect(latestClosed([open, cancelled])).toBeUndefined();
});

test('dots and withdrawn cards are counted', () => {
  const round = closedRound(1, { a: 2, b: 1 });
  const targets = [...round.targets, { card: 'x', text: 'X', withdrawn: true }];
  expect(dotsPlaced(round.result)).toBe(3);
  expect(withdrawnOf({ ...round, targets }).map(({ text }) => text)).toEqual(['X']);
  expect(setup.dots).toBe(3);
});
