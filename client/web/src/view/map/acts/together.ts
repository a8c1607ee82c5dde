// Acts among people: bringing everyone to a place, going along or not, following, a hand, the parking lot.
import { openParking } from '../../people/asking';
import {
  bringEveryone,
  calledTo,
  companyOf,
  facilitates,
  letGo,
  stanceOf,
  takeStance,
} from '../../people/company';
import { hasOwnHand, raiseHand } from '../../people/crew';
import { seenBy } from '../../people/place';
import type { Act } from './act';

const together = { group: 'Together', at: 'page', chords: [] } as const;

export const TOGETHER: readonly Act[] = [
  {
    ...together,
    id: 'together.here',
    name: 'Bring everyone here',
    also: 'spotlight summon gather call',
    at: 'grid',
    on: ['stage', 'lane', 'cell', 'card'],
    can: facilitates,
    run: (board) => void bringEveryone(board, board.spot.get()),
  },
  {
    ...together,
    id: 'together.view',
    name: 'Bring everyone to my view',
    also: 'spotlight summon gather call',
    at: 'grid',
    can: facilitates,
    run: (board) => void bringEveryone(board, seenBy(board)),
  },
  {
    ...together,
    id: 'together.release',
    name: 'Let everyone go',
    also: 'spotlight end stop',
    can: (board) => facilitates(board) && calledTo(board) !== undefined,
    run: (board) => void letGo(board),
  },
  {
    ...together,
    id: 'together.join',
    name: 'Go where everyone was brought',
    also: 'spotlight come back in',
    can: (board) => calledTo(board) !== undefined && stanceOf(board) !== 'leads',
    run: (board) => takeStance(board, 'with'),
  },
  {
    ...together,
    id: 'together.out',
    name: 'Step out and stay where you are',
    also: 'spotlight leave',
    can: (board) => ['with', 'asked'].includes(stanceOf(board) ?? ''),
    run: (board) => takeStance(board, 'out'),
  },
  {
    ...together,
    id: 'together.unfollow',
    name: 'Stop following',
    can: (board) => companyOf(board).following.get() !== null,
    run: (board) => companyOf(board).following.set(null),
  },
  {
    ...together,
    id: 'hand.raise',
    name: 'Raise your hand',
    also: 'speak ask',
    can: (board) => !hasOwnHand(board),
    run: (board) => void raiseHand(board, true),
  },
  {
    ...together,
    id: 'hand.lower',
    name: 'Lower your hand',
    can: hasOwnHand,
    run: (board) => void raiseHand(board, false),
  },
  {
    ...together,
    id: 'parking',
    name: 'Open the parking lot',
    also: 'later aside questions park',
    run: openParking,
  },
];
