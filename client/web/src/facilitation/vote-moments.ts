// What happens in a vote that is worth telling whoever is in the map: it opened, opened again, ended, one of one's own cards was withdrawn, the
// time is nearly up. Pure: the voice of the page compares what was with what is, once for each view.
import type { RoundView } from '../wire/channel';

/** One look at the rounds, and at one's own dots by the server's word. */
export interface VoteLook {
  readonly rounds: readonly RoundView[];
  readonly dots: ReadonlyMap<string, number>;
}

export type VoteMoment =
  | { readonly kind: 'opened'; readonly round: RoundView }
  | { readonly kind: 'reopened'; readonly round: RoundView }
  | { readonly kind: 'closed'; readonly round: RoundView }
  | { readonly kind: 'cancelled'; readonly round: RoundView }
  /** A card with one's dots on it was deleted, and they are back. */
  | { readonly kind: 'withdrawn'; readonly text: string; readonly dots: number };

/** `before` is undefined at the first look at a map: then only a round that is open is news. */
export function voteMoments(before: VoteLook | undefined, after: VoteLook): readonly VoteMoment[] {
  const was = new Map(before?.rounds.map((round) => [round.id, round]));
  return after.rounds.flatMap((round): readonly VoteMoment[] => {
    const old = was.get(round.id);
    if (old === round) return [];
    if (round.state === 'open') {
      if (old === undefined) return [{ kind: 'opened', round }];
      // Closed and opened again between two views, it says so by its time alone.
      if (old.state !== 'open' || old.opened !== round.opened) return [{ kind: 'reopened', round }];
      return withdrawn(old, round, before?.dots ?? new Map());
    }
    if (before === undefined || old?.state === round.state) return [];
    return [{ kind: round.state, round }];
  });
}

function withdrawn(
  before: RoundView,
  after: RoundView,
  dots: ReadonlyMap<string, number>,
): readonly VoteMoment[] {
  const were = new Set(before.targets.filter((one) => one.withdrawn).map(({ card }) => card));
  return after.targets
    .filter(({ card, withdrawn: gone }) => gone && !were.has(card) && (dots.get(card) ?? 0) > 0)
    .map(({ card, text }) => ({ kind: 'withdrawn', text, dots: dots.get(card) ?? 0 }));
}

/** When so many seconds are left, whoever votes is told. */
const MARKS = [60, 10];

/** The mark that was passed from one second to a later one, if any. */
export function markPassed(before: number | null, now: number | null): number | undefined {
  if (before === null || now === null || now === 0) return undefined;
  return MARKS.find((mark) => before > mark && now <= mark);
}
