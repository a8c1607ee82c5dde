// For tests only: rounds as the server tells of them.
import type { ResultView, RoundView } from '../../wire/channel';

export const setup: RoundView['setup'] = {
  question: 'What first?',
  targets: {},
  dots: 3,
  mostPerCard: 2,
  visibility: 'secret',
  anonymous: false,
};

/** A closed round in which these cards, of all that could be voted for, got so many dots, one voter each; ranks follow from the dots. */
export function closedRound(
  id: number,
  dots: Readonly<Record<string, number>>,
  more: Partial<RoundView> = {},
): RoundView {
  const sorted = Object.entries(dots).toSorted(([, a], [, b]) => b - a);
  const result: ResultView[] = sorted
    .filter(([, n]) => n > 0)
    .map(([card, n]) => ({
      card,
      dots: n,
      voters: 1,
      rank: sorted.findIndex(([, other]) => other === n) + 1,
    }));
  return {
    id,
    setup,
    state: 'closed',
    opened: id * 100,
    ended: id * 100 + 50,
    voters: result.length,
    targets: Object.keys(dots).map((card) => ({
      card,
      text: card.toUpperCase(),
      withdrawn: false,
    })),
    result,
    ...more,
  };
}
