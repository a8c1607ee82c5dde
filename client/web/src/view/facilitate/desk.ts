// The agenda of the open map under this facilitator's hands: one desk for each connection, so that what is on its way survives another tab.
import { AgendaDesk } from '../../facilitation/agenda-desk';
import type { MapConnection } from '../../sync/connection';
import type { Board } from '../map/board';
import { ask } from '../workshop/use-workshop';

const desks = new WeakMap<MapConnection, AgendaDesk>();

export function deskOf(board: Board): AgendaDesk {
  const { connection } = board;
  const known = desks.get(connection);
  if (known !== undefined) return known;
  const made = new AgendaDesk(connection.workshop.shared, (command) => ask(board, command));
  desks.set(connection, made);
  return made;
}
