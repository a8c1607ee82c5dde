// What a report says of voting: the first places of the last vote, with its ties and what run-offs made of them. Pure; called by `report.ts`.
import type { RoundView } from '../wire/channel';
import type { MapContent } from './content';
import type { Card } from './entities';
import { type Outcome, outcomeOf, type Place } from './outcome';

export interface VoteReport extends Omit<Outcome, 'places'> {
  /** The first places; a tie at the end is not cut in two. */
  readonly lines: readonly VoteLine[];
  /** Cards with dots that did not fit. */
  readonly more: number;
  /** Cards with dots that lie in a hidden lane: who hides one means it not to be shown. */
  readonly hidden: number;
}

export interface VoteLine {
  readonly place: Place;
  /** Nothing once it was deleted. */
  readonly card: Card | undefined;
}

const LINES = 5;

export function voteReport(map: MapContent, rounds: readonly RoundView[]): VoteReport | undefined {
  const outcome = outcomeOf(rounds);
  if (outcome === undefined) return undefined;
  const { round, runOffs, places } = outcome;
  const cards = new Map(map.cards.map((card) => [card.id, card]));
  const shown = places
    .filter(({ card }) => !map.hiddenCards.has(card))
    .map((place) => ({ place, card: cards.get(place.card) }));
  const last = shown[Math.min(LINES, shown.length) - 1]?.place.rank ?? 0;
  const lines = shown.filter(({ place }) => place.rank <= last);
  return {
    round,
    runOffs,
    lines,
    more: shown.length - lines.length,
    hidden: places.length - shown.length,
  };
}
