// How components read votes: each hook redraws only when its own answer changes.
import type { Ballot } from '../../facilitation/ballot';
import { openRound } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import { useBoard, usePart, useStore } from '../map/use';
import { type RoundsDesk, roundsDesk } from './desk';

export function useDesk(): RoundsDesk {
  return roundsDesk(useBoard());
}

export function useRounds(): readonly RoundView[] {
  return useStore(useDesk().rounds);
}

export function useOpenRound(): RoundView | undefined {
  return usePart(useDesk().rounds, openRound);
}

/** Null while no round is open in which this person has a ballot. */
export function useBallot(): Ballot | null {
  return useStore(useDesk().voting.ballot);
}
