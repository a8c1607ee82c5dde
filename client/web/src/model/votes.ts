// What voting has come to, beside what else is known of an opportunity. Called by the screens that rank and by the report; pure.
import type { RoundView } from '../wire/channel';
import type { Opportunity } from './opportunities';
import { type Outcome, outcomeOf, type Place } from './outcome';
import { openRound } from './rounds';

export interface Votes extends Outcome {
  /** By card; one without a dot is not in it. */
  readonly byCard: ReadonlyMap<string, Place>;
}

/** What cards and lists show, by which people vote: nothing while a round is open, so that nobody follows an earlier one. */
export function votesInSight(rounds: readonly RoundView[]): Votes | null {
  if (openRound(rounds) !== undefined) return null;
  const outcome = outcomeOf(rounds);
  if (outcome === undefined) return null;
  return { ...outcome, byCard: new Map(outcome.places.map((place) => [place.card, place])) };
}

const stamped = new WeakMap<Opportunity, Opportunity>();

/** The same opportunities with their places; each keeps its identity while neither it nor its place changes. */
export function withVotes(
  opportunities: readonly Opportunity[],
  votes: Votes | null,
): readonly Opportunity[] {
  if (votes === null) return opportunities;
  return opportunities.map((one) => {
    const vote = votes.byCard.get(one.id);
    if (vote === undefined) return one;
    const known = stamped.get(one);
    if (known?.vote !== undefined && isSame(known.vote, vote)) return known;
    const fresh = { ...one, vote };
    stamped.set(one, fresh);
    return fresh;
  });
}

function isSame(a: Place, b: Place): boolean {
  return a.dots === b.dots && a.voters === b.voters && a.rank === b.rank && a.tied === b.tied;
}
