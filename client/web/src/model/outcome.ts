// What voting has come to: the round that was closed last, or, if that was a run-off, the one whose tie it settles, with every card in its
// final place. Pure. A round that is not closed is none of it.
import type { RoundView } from '../wire/channel';
import { closedRounds, latestClosed, type Standing, standings } from './rounds';

/** A card's place once run-offs have settled what they could; dots and voters are those of the round itself. */
export interface Place extends Standing {
  /** Before any run-off. */
  readonly first: Standing;
  /** Its place in the last run-off that it was in; nothing in there where it got no dot. */
  readonly runOff:
    | { readonly round: RoundView; readonly standing: Standing | undefined }
    | undefined;
}

export interface Outcome {
  readonly round: RoundView;
  /** In the order they were held. */
  readonly runOffs: readonly RoundView[];
  /** Best first. */
  readonly places: readonly Place[];
}

export function outcomeOf(rounds: readonly RoundView[]): Outcome | undefined {
  const closed = closedRounds(rounds);
  const latest = latestClosed(closed);
  if (latest === undefined) return undefined;
  const round = firstOf(closed, latest);
  const runOffs = closed.filter((one) => descendsFrom(closed, one, round));
  return { round, runOffs, places: settled(round, runOffs) };
}

function firstOf(closed: readonly RoundView[], round: RoundView): RoundView {
  const before = closed.find(({ id }) => id === round.runOffOf);
  return before === undefined ? round : firstOf(closed, before);
}

function descendsFrom(closed: readonly RoundView[], round: RoundView, first: RoundView): boolean {
  if (round.runOffOf === undefined) return false;
  if (round.runOffOf === first.id) return true;
  const before = closed.find(({ id }) => id === round.runOffOf);
  return before !== undefined && descendsFrom(closed, before, first);
}

/** Its rank in the round and in each run-off, one after the other: what comes first in that order comes first. */
type Ranks = readonly number[];

const NO_RANK = Number.MAX_SAFE_INTEGER;

function settled(round: RoundView, runOffs: readonly RoundView[]): readonly Place[] {
  const all = standings(round);
  const held = runOffs.map((one) => new Map(standings(one).map((place) => [place.card, place])));
  const ranksOf = (one: Standing): Ranks => [
    one.rank,
    ...held.map((of) => of.get(one.card)?.rank ?? NO_RANK),
  ];
  const ordered = all
    .map((first) => ({ first, ranks: ranksOf(first) }))
    .toSorted((a, b) => compareRanks(a.ranks, b.ranks));
  const rankOf = (ranks: Ranks): number =>
    ordered.findIndex((one) => compareRanks(one.ranks, ranks) === 0) + 1;
  const shares = (ranks: Ranks): boolean =>
    ordered.filter((one) => compareRanks(one.ranks, ranks) === 0).length > 1;
  /** A run-off that is over names only cards with dots: that of a card it was tied with was its own, too. */
  const runOffOf = (first: Standing): Place['runOff'] => {
    const own = held.findLastIndex((of) => of.has(first.card));
    const mates = all.filter(({ rank }) => rank === first.rank);
    const at = own >= 0 ? own : held.findIndex((of) => mates.some(({ card }) => of.has(card)));
    const last = runOffs[at];
    return last && { round: last, standing: held[at]?.get(first.card) };
  };
  return ordered.map(({ first, ranks }) => ({
    ...first,
    rank: rankOf(ranks),
    tied: shares(ranks),
    first,
    runOff: runOffOf(first),
  }));
}

function compareRanks(a: Ranks, b: Ranks): number {
  const at = a.findIndex((one, place) => one !== b[place]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
