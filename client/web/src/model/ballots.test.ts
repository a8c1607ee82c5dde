// Receipts and ballots of closed rounds (VOTE-10).
import { expect, test } from 'vitest';
import type { HeldRound } from '../wire/rounds';
import { addsUp, findByReceipt, placings, receiptOf } from './ballots';
import { closedRound } from './testing/rounds';

const receipt = (letter: string): string => letter.repeat(48);
const anonymous: HeldRound = {
  ...closedRound(2, { a: 3, b: 1, c: 0 }),
  ballots: [
    { pseudonym: receipt('a'), dots: { a: 2 } },
    { pseudonym: receipt('b'), dots: { b: 1, a: 1 } },
  ],
};
const rounds = [closedRound(1, { a: 1 }), anonymous];

test('VOTE-10 one’s own ballot is found by its receipt, whichever round it was of', () => {
  const found = findByReceipt(rounds, receipt('b'));
  expect(found).toMatchObject({ kind: 'found', round: { id: 2 } });
  if (found.kind === 'found') {
    expect(placings(found.round, found.ballot)).toEqual([
      { card: 'a', text: 'A', dots: 1 },
      { card: 'b', text: 'B', dots: 1 },
    ]);
  }
});

test('kept with spaces, breaks, dashes or capitals it is the same receipt', () => {
  const written = ` ${receipt('B').slice(0, 8)}-${receipt('B').slice(8, 30)}\n ${receipt('b').slice(30)} `;
  expect(receiptOf(written)).toBe(receipt('b'));
  expect(findByReceipt(rounds, written).kind).toBe('found');
});

test('what leads nowhere says why', () => {
  expect(findByReceipt(rounds, receipt('c')).kind).toBe('none');
  for (const text of ['', 'a'.repeat(47), 'a'.repeat(49), 'x'.repeat(48)]) {
    expect(findByReceipt(rounds, text).kind, text).toBe('malformed');
  }
});

test('VOTE-10 the tally can be made again from the ballots', () => {
  expect(addsUp(anonymous)).toBe(true);
  expect(addsUp({ ...anonymous, ballots: anonymous.ballots?.slice(1) ?? [] })).toBe(false);
  const extra = { pseudonym: receipt('d'), dots: { c: 1 } };
  expect(addsUp({ ...anonymous, ballots: [...(anonymous.ballots ?? []), extra] })).toBe(false);
  expect(addsUp({ ...closedRound(3, { a: 0 }), ballots: [] })).toBe(true);
});
