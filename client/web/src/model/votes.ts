// Dots of the latest closed round, beside what else is known of an opportunity. Called by the screens that rank; pure.
import type { RoundView } from '../wire/channel';
import type { Opportunity } from './opportunities';

export interface Votes {
  /** What was asked. */
  readonly question: string;
  /** Dots by card; a card without any is not in it. */
  readonly dots: ReadonlyMap<string, number>;
}

/** The result that counts: that of the round closed last. */
export function latestVotes(rounds: readonly RoundView[]): Votes | null {
  const round = rounds.findLast(({ state, result }) => state === 'closed' && result !== undefined);
  if (round === undefined) return null;
  return {
    question: round.setup.question,
    dots: new Map((round.result ?? []).map(({ card, dots }) => [card, dots])),
  };
}

const stamped = new WeakMap<Opportunity, Opportunity>();

/** The same opportunities with their dots; each keeps its identity while neither it nor its dots change. */
export function withVotes(
  opportunities: readonly Opportunity[],
  votes: Votes | null,
): readonly Opportunity[] {
  if (votes === null) return opportunities;
  return opportunities.map((one) => {
    const dots = votes.dots.get(one.id);
    if (dots === undefined) return one;
    const known = stamped.get(one);
    if (known?.votes === dots) return known;
    const fresh = { ...one, votes: dots };
    stamped.set(one, fresh);
    return fresh;
  });
}
