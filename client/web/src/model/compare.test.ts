// Rounds side by side.
import { expect, test } from 'vitest';
import { changeWords, compared, inOrder } from './compare';
import { placeText } from './rounds';
import { closedRound } from './testing/rounds';

const shown = (...rounds: Parameters<typeof compared>[0]): unknown =>
  compared(rounds).cards.map(({ card, got }) => [
    card,
    ...got.map((one) =>
      one === undefined
        ? 'not in it'
        : [
            one.standing === undefined ? '–' : placeText(one.standing),
            one.standing?.dots ?? 0,
            changeWords(one.change),
          ],
    ),
  ]);

test('rank and dots of every card in each round, what changed, by the last result', () => {
  const before = closedRound(1, { a: 5, b: 3, c: 1, d: 0 });
  const after = closedRound(2, { a: 2, b: 4, c: 0, d: 0 });
  expect(shown(after, before)).toEqual([
    ['b', ['2', 3, undefined], ['1', 4, '+1 dot, up 1']],
    ['a', ['1', 5, undefined], ['2', 2, '−3 dots, down 1']],
    ['c', ['3', 1, undefined], ['–', 0, '−1 dot']],
    ['d', ['–', 0, undefined], ['–', 0, 'no change']],
  ]);
});

test('a card that was not in a round is said to be so, and is compared with the last one it was in', () => {
  const rounds = [
    closedRound(1, { a: 3, b: 1 }),
    closedRound(2, { b: 2 }),
    closedRound(3, { a: 1, b: 0 }),
  ];
  expect(shown(...rounds)).toEqual([
    ['a', ['1', 3, undefined], 'not in it', ['1', 1, '−2 dots']],
    ['b', ['2', 1, undefined], ['1', 2, '+1 dot, up 1'], ['–', 0, '−2 dots']],
  ]);
});

test('withdrawn, it was in the round no more', () => {
  const round = closedRound(2, { a: 1 });
  const gone = { ...round, targets: [...round.targets, { card: 'b', text: 'B', withdrawn: true }] };
  expect(shown(closedRound(1, { a: 1, b: 2 }), gone)).toEqual([
    ['a', ['2', 1, undefined], ['1', 1, 'up 1']],
    ['b', ['1', 2, undefined], 'not in it'],
  ]);
});

test('VOTE-8 a run-off stands beside its first, and another run-off behind that', () => {
  const rounds = [
    closedRound(1, { a: 2, b: 2 }),
    closedRound(2, { a: 1 }),
    closedRound(3, { a: 2, b: 2 }, { runOffOf: 1 }),
    closedRound(4, { a: 1, b: 3 }, { runOffOf: 3 }),
  ];
  expect(inOrder(rounds).map(({ id }) => id)).toEqual([1, 3, 4, 2]);
  expect(
    inOrder(rounds.slice(1)).map(({ id }) => id),
    'without its first it stands where it was',
  ).toEqual([2, 3, 4]);
});
