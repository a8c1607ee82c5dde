// All rounds a map ever had, with their ballots: asked for when somebody wants to see them, and again once another round has ended.
import { useCallback, useEffect, useState } from 'react';
import { closedRounds } from '../../model/rounds';
import { allRounds } from '../../wire/api';
import type { HeldRound } from '../../wire/rounds';
import { useBoard } from '../map/use';
import { explain } from '../words';
import { useRounds } from './use-rounds';

export type AllRounds = { readonly again: () => void } & (
  | { readonly kind: 'not-asked' | 'coming' }
  | { readonly kind: 'here'; readonly rounds: readonly HeldRound[] }
  | { readonly kind: 'failed'; readonly why: string }
);

type State =
  | { readonly kind: 'not-asked' | 'coming' }
  | { readonly kind: 'here'; readonly rounds: readonly HeldRound[] }
  | { readonly kind: 'failed'; readonly why: string };

export function useAllRounds(isWanted: boolean): AllRounds {
  const { mapId } = useBoard().connection;
  const ends = closedRounds(useRounds())
    .map(({ id, ended }) => `${id}@${ended}`)
    .join();
  const [state, setState] = useState<State>({ kind: 'not-asked' });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round that ended, or another try, asks anew.
  useEffect(() => {
    if (!isWanted) return undefined;
    let left = false;
    // What is here stays until the new answer is.
    setState((before) => (before.kind === 'here' ? before : { kind: 'coming' }));
    allRounds(mapId).then(
      (rounds) => {
        if (!left) setState({ kind: 'here', rounds });
      },
      (error: unknown) => {
        if (!left) setState({ kind: 'failed', why: explain(error) });
      },
    );
    return () => {
      left = true;
    };
  }, [mapId, isWanted, ends, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { ...state, again };
}
