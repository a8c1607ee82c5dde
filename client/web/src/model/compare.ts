// Rounds side by side: for each card its rank and dots in every one of them, and what changed from one to the next. A run-off stands right
// behind the round whose tie it settles. Pure; called by the comparison of the facilitator and of everybody else.
import type { RoundView } from '../wire/channel';
import { type Standing, standings } from './rounds';

/** What one card got in one round. */
export interface Got {
  /** Nothing while it got no dot. */
  readonly standing: Standing | undefined;
  /** Since the last of the rounds to the left that it was in. */
  readonly change: Change | undefined;
}

export interface Change {
  readonly dots: number;
  /** How many places it rose (above 0) or fell; nothing where it had no place in one of the two. */
  readonly places: number | undefined;
}

export interface ComparedCard {
  readonly card: string;
  readonly text: string;
  /** One for each round; undefined where it could not be voted for. */
  readonly got: readonly (Got | undefined)[];
}

export interface Comparison {
  readonly rounds: readonly RoundView[];
  /** By the place in the last round, then in the one before it; those without any place last. */
  readonly cards: readonly ComparedCard[];
}

/** In the order of opening, each run-off right behind its first. */
export function inOrder(rounds: readonly RoundView[]): readonly RoundView[] {
  const chosen = [...rounds].sort((a, b) => a.id - b.id);
  const ids = new Set(chosen.map(({ id }) => id));
  const behind = (id: number): readonly RoundView[] =>
    chosen.filter(({ runOffOf }) => runOffOf === id).flatMap((one) => [one, ...behind(one.id)]);
  return chosen
    .filter(({ runOffOf }) => runOffOf === undefined || !ids.has(runOffOf))
    .flatMap((round) => [round, ...behind(round.id)]);
}

/** `rounds` with all their targets, closed. */
export function compared(rounds: readonly RoundView[]): Comparison {
  const ordered = inOrder(rounds);
  const places = ordered.map((round) => new Map(standings(round).map((one) => [one.card, one])));
  const texts = new Map<string, string>();
  for (const round of ordered) for (const { card, text } of round.targets) texts.set(card, text);
  const isIn = ordered.map(
    (round) => new Set(round.targets.filter(({ withdrawn }) => !withdrawn).map(({ card }) => card)),
  );
  const cards = [...texts].map(([card, text]) => {
    const got: (Got | undefined)[] = [];
    let before: Got | undefined;
    ordered.forEach((_, at) => {
      if (isIn[at]?.has(card) !== true) {
        got.push(undefined);
        return;
      }
      const standing = places[at]?.get(card);
      const now = { standing, change: changeOf(before, standing) };
      got.push(now);
      before = now;
    });
    return { card, text, got };
  });
  return { rounds: ordered, cards: cards.toSorted(byLastPlace) };
}

function changeOf(before: Got | undefined, now: Standing | undefined): Change | undefined {
  if (before === undefined) return undefined;
  const was = before.standing;
  return {
    dots: (now?.dots ?? 0) - (was?.dots ?? 0),
    places: was === undefined || now === undefined ? undefined : was.rank - now.rank,
  };
}

function byLastPlace(a: ComparedCard, b: ComparedCard): number {
  for (let at = a.got.length - 1; at >= 0; at -= 1) {
    const [one, other] = [rankAt(a, at), rankAt(b, at)];
    if (one !== other) return one - other;
  }
  return 0;
}

/** In no place after all that have one; not in the round at all after those. */
function rankAt({ got }: ComparedCard, at: number): number {
  const found = got[at];
  if (found === undefined) return Number.MAX_SAFE_INTEGER;
  return found.standing?.rank ?? Number.MAX_SAFE_INTEGER - 1;
}

/** "+2 dots, up 1", "no change"; undefined where there is nothing to compare with. */
export function changeWords(change: Change | undefined): string | undefined {
  if (change === undefined) return undefined;
  const { dots, places } = change;
  const parts = [
    ...(dots === 0
      ? []
      : [`${dots > 0 ? '+' : '−'}${Math.abs(dots)} ${Math.abs(dots) === 1 ? 'dot' : 'dots'}`]),
    ...(places === undefined || places === 0
      ? []
      : [`${places > 0 ? 'up' : 'down'} ${Math.abs(places)}`]),
  ];
  return parts.length === 0 ? 'no change' : parts.join(', ');
}
