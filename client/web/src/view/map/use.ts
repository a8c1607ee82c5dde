// How components read the board and the journey: one hook per question, each redrawing only when its answer changes.
import { createContext, useContext, useSyncExternalStore } from 'react';
import { mayChange, type Place } from '../../facilitation/lock';
import type { Store } from '../../sync/store';
import { useStore } from '../use-store';
import type { Board } from './board';
import { boundsAt } from './bounds';
import { spotKey } from './spot';

export { useStore };

export const BoardContext = createContext<Board | null>(null);

export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (board === null) throw new Error('Only for components inside BoardProvider.');
  return board;
}

/** A part of a store's value; redraws only when the part changes. It must be a primitive or keep its identity. */
export function usePart<T, P>(store: Store<T>, part: (value: T) => P): P {
  const read = (): P => part(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}

/** Whether this person stands on the element of that key. */
export function useStanding(key: string): boolean {
  return usePart(useBoard().spot, (spot) => spotKey(spot) === key);
}

/** Whether this person is typing in that card's, stage's or lane's text. */
export function useEditing(id: string): boolean {
  return usePart(useBoard().editing, (editing) => editing?.id === id);
}

/** Whether that card is among those this person has selected. */
export function useSelected(id: string): boolean {
  return usePart(useBoard().picked.ids, (ids) => ids.has(id));
}

/** What the step under way makes of that place, as `data-bounds` says it. */
export function useBounds(place: Place): string | undefined {
  return usePart(useBoard().bounds, (bounds) => boundsAt(bounds, place));
}

/** Whether this person may not change what is in that cell now; without one, what is in none. */
export function useStill(cell?: Place): boolean {
  const board = useBoard();
  const isHeld = usePart(board.bounds, ({ lock }) => !mayChange(lock, cell));
  return board.readOnly || isHeld;
}

/** Where that card is; undefined when it is nowhere. Redraws only when it moves. */
export function useCellOf(card: string | null): Place | undefined {
  const store = useBoard().journey.card(card ?? '');
  const lane = usePart(store, (found) => found?.lane);
  const stage = usePart(store, (found) => found?.stage);
  return lane === undefined || stage === undefined ? undefined : { lane, stage };
}
