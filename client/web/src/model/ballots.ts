// The ballots of a closed round: who placed what where the round had names, and finding one's own by its receipt where it had none. Pure.
import type { HeldBallot, HeldRound } from '../wire/rounds';

/** A receipt as the server writes it: 24 bytes in hexadecimal. */
const RECEIPT = /^[0-9a-f]{48}$/;

/** As somebody may have kept it: spaces, line breaks, dashes and capitals change nothing. */
export function receiptOf(text: string): string {
  return text.toLowerCase().replace(/[\s\u2010-\u2015-]/gu, '');
}

export type Found =
  | { readonly kind: 'found'; readonly round: HeldRound; readonly ballot: HeldBallot }
  /** No ballot is kept under it: it was of another map, of a vote cancelled or begun anew, or nothing was placed. */
  | { readonly kind: 'none' }
  /** It is no receipt: letters are missing, or too many. */
  | { readonly kind: 'malformed' };

/** Looks through all rounds: whoever comes with a receipt need not know of which vote it is. */
export function findByReceipt(rounds: readonly HeldRound[], text: string): Found {
  const receipt = receiptOf(text);
  if (!RECEIPT.test(receipt)) return { kind: 'malformed' };
  for (const round of rounds) {
    const ballot = round.ballots?.find(({ pseudonym }) => pseudonym === receipt);
    if (ballot !== undefined) return { kind: 'found', round, ballot };
  }
  return { kind: 'none' };
}

/** A card and how many dots of one ballot are on it. */
export interface Placing {
  readonly card: string;
  readonly text: string;
  readonly dots: number;
}

/** Most dots first, then in the order of the map. */
export function placings(round: HeldRound, ballot: HeldBallot): readonly Placing[] {
  return round.targets
    .map(({ card, text }) => ({ card, text, dots: ballot.dots[card] ?? 0 }))
    .filter(({ dots }) => dots > 0)
    .toSorted((a, b) => b.dots - a.dots);
}

/** Whether the ballots add up to the result that is shown: the tally can be made again by anyone (VOTE-10). */
export function addsUp(round: HeldRound): boolean {
  const sums = new Map<string, number>();
  for (const { dots } of round.ballots ?? []) {
    for (const [card, n] of Object.entries(dots)) sums.set(card, (sums.get(card) ?? 0) + n);
  }
  const result = (round.result ?? []).filter(({ dots }) => dots > 0);
  return result.length === sums.size && result.every(({ card, dots }) => sums.get(card) === dots);
}
