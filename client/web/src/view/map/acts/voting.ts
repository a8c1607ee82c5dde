// Acts of a vote: what a voter does on the card they stand on. What they do is `rounds/`; until a vote brought it, there is nothing to do.
import type { Board } from '../board';
import type { Act } from './act';

const onCards = {
  group: 'Voting',
  at: 'grid',
  on: ['card'],
  unlisted: true,
  can: canVote,
} as const;

export const VOTING: readonly Act[] = [
  {
    ...onCards,
    id: 'vote.dot',
    name: 'In a vote: place a dot, take one back',
    chords: ['+', '=', '-', '−'],
    run: (board, chord) => place(board, { by: chord === '+' || chord === '=' ? 1 : -1 }),
  },
  {
    ...onCards,
    id: 'vote.dots',
    name: 'In a vote: that many dots',
    chords: [...'0123456789'],
    keys: '0 … 9',
    run: (board, chord) => place(board, { to: Number(chord) }),
  },
  {
    id: 'vote.list',
    group: 'Voting',
    name: 'Vote in a list',
    also: 'dots ballot round',
    chords: [],
    at: 'page',
    can: (board) => board.votes.get()?.hand != null,
    run: (board) => board.votes.get()?.hand?.openList(),
  },
  {
    id: 'vote.results',
    group: 'Voting',
    name: 'Results of voting',
    also: 'dots rounds winners compare receipt',
    chords: [],
    at: 'page',
    can: (board) => board.votes.get()?.hasResult === true,
    run: (board) => board.votes.get()?.showResults(),
  },
];

/** On a feeling that is not in the vote, the same keys are the feeling's. */
function canVote(board: Board): boolean {
  const hand = board.votes.get()?.hand;
  const spot = board.spot.get();
  if (hand == null || spot.kind !== 'card') return false;
  return hand.isTarget(spot.card) || board.journey.lanes.get(spot.lane)?.kind !== 'emotion';
}

function place(board: Board, dots: { readonly by: number } | { readonly to: number }): void {
  const spot = board.spot.get();
  if (spot.kind === 'card') board.votes.get()?.hand?.place(spot.card, dots);
}
