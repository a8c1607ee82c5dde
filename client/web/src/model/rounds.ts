// What rounds of dot voting have come to: places, ties, and which of them a run-off settles. Pure; it reads the views the server sends and
// knows nothing of a round that is not closed, because those views do not. Called by everything that shows results.
import type { ResultView, RoundId, RoundView } from '../wire/channel';

/** A card's place in a closed round. */
export interface Standing {
  readonly card: string;
  /** What it said when the round opened. */
  readonly text: string;
  readonly dots: number;
  /** How many placed them. */
  readonly voters: number;
  readonly rank: number;
  /** Others have as many dots. */
  readonly tied: boolean;
}

/** Cards that share a rank. */
export interface Tie {
  readonly rank: number;
  readonly dots: number;
  readonly cards: readonly Standing[];
}

/** Down to this rank a tie is about what is done first: below it a run-off would settle nothing anybody acts on. */
export const RANKS_THAT_MATTER = 5;

export function openRound(rounds: readonly RoundView[]): RoundView | undefined {
  return rounds.find(({ state }) => state === 'open');
}

export function closedRounds(rounds: readonly RoundView[]): readonly RoundView[] {
  return rounds.filter(({ state }) => state === 'closed');
}

/** The one that was closed last, whichever was opened last: reopened and closed again, a round counts as of then. */
export function latestClosed(rounds: readonly RoundView[]): RoundView | undefined {
  return closedRounds(rounds).reduce<RoundView | undefined>(
    (latest, round) =>
      latest === undefined || (round.ended ?? 0) >= (latest.ended ?? 0) ? round : latest,
    undefined,
  );
}

/** Most dots first; of equals in the order of the map. Cards without a dot are in no place. */
export function standings(round: RoundView): readonly Standing[] {
  const result = round.result ?? [];
  const texts = new Map(round.targets.map(({ card, text }) => [card, text]));
  const shared = new Map<number, number>();
  for (const { rank } of result) shared.set(rank, (shared.get(rank) ?? 0) + 1);
  return result
    .filter(({ dots }) => dots > 0)
    .map(({ card, dots, voters, rank }) => ({
      card,
      text: texts.get(card) ?? '',
      dots,
      voters,
      rank,
      tied: (shared.get(rank) ?? 0) > 1,
    }));
}

/** The ranks that more than one card shares, best first. */
export function ties(places: readonly Standing[]): readonly Tie[] {
  const byRank = new Map<number, Standing[]>();
  for (const place of places.filter(({ tied }) => tied)) {
    byRank.set(place.rank, [...(byRank.get(place.rank) ?? []), place]);
  }
  return [...byRank.values()].flatMap((cards) => {
    const [first] = cards;
    return first === undefined ? [] : [{ rank: first.rank, dots: first.dots, cards }];
  });
}

/** Whether a run-off is worth offering, and can be held: at least two of the cards are still there (VOTE-8). */
export function canRunOff(tie: Tie, isHere: (card: string) => boolean): boolean {
  return tie.rank <= RANKS_THAT_MATTER && tie.cards.filter(({ card }) => isHere(card)).length > 1;
}

/** The run-offs that were opened on a tie of this round, cancelled ones aside, in the order of opening. */
export function runOffsOf(
  rounds: readonly RoundView[],
  round: RoundId,
  tie: Tie,
): readonly RoundView[] {
  const tied = new Set(tie.cards.map(({ card }) => card));
  return rounds.filter(({ runOffOf, state, targets, result }) => {
    if (runOffOf !== round || state === 'cancelled') return false;
    const cards = [...targets.map(({ card }) => card), ...(result ?? []).map(({ card }) => card)];
    // One that nobody voted in names no card any more: it may have been about any of the ties.
    return cards.length === 0 || cards.some((card) => tied.has(card));
  });
}

/** All dots that were placed. */
export function dotsPlaced(result: readonly ResultView[] | undefined): number {
  return (result ?? []).reduce((sum, { dots }) => sum + dots, 0);
}

/** The targets that were deleted while the round was open. */
export function withdrawnOf(round: RoundView): readonly { card: string; text: string }[] {
  return round.targets.filter(({ withdrawn }) => withdrawn);
}

/** "1", or "2=" for a place that is shared. */
export function placeText({
  rank,
  tied,
}: {
  readonly rank: number;
  readonly tied: boolean;
}): string {
  return tied ? `${rank}=` : String(rank);
}

/** "Rank 2, shared". */
export function placeWords({
  rank,
  tied,
}: {
  readonly rank: number;
  readonly tied: boolean;
}): string {
  return tied ? `rank ${rank}, shared` : `rank ${rank}`;
}

export function dotWords(dots: number): string {
  return dots === 1 ? '1 dot' : `${dots} dots`;
}

export function voterWords(voters: number): string {
  return voters === 1 ? '1 voter' : `${voters} voters`;
}
