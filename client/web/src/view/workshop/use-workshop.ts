// The workshop of the open map, for components: what everyone sees of it, what only this person sees, and how to act on it.
import { useCallback } from 'react';
import { CommandRefused } from '../../sync/workshop';
import type { ClientCommand, Done, Personal, Shared } from '../../wire/types';
import type { Board } from '../map/board';
import { useBoard } from '../map/use';
import { toast } from '../ui';
import { useStore } from '../use-store';

/** Null until the server has told. */
export function useShared(): Shared | null {
  return useStore(useBoard().connection.workshop.shared);
}

/** Null until the server has told, and for a host who has not joined. */
export function usePersonal(): Personal | null {
  return useStore(useBoard().connection.workshop.personal);
}

/** Asks the server; a refusal is said where everyone looks, in its own words. Gives the answer, or null when it was refused. */
export function useCommand(): (command: ClientCommand) => Promise<Done | null> {
  const board = useBoard();
  return useCallback((command) => ask(board, command), [board]);
}

/** The same, for an act that is no component. */
export async function ask(board: Board, command: ClientCommand): Promise<Done | null> {
  try {
    return await board.connection.workshop.send(command);
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    toast({ title: 'That was not possible', detail: error.why, tone: 'bad' });
    return null;
  }
}
