// For tests: a table with a workshop at it, which carries out whatever is asked of it.
import { EMPTY } from '../../facilitation/testing/views';
import { type Table, table } from '../../model/testing/table';
import type { WorkshopChannel } from '../../sync/workshop';
import type { ClientCommand, Person, Role, Shared } from '../../wire/types';

export interface WorkshopTable extends Table {
  /** Everything that was asked of the server; all of it is done. */
  readonly asked: ClientCommand[];
}

export async function workshopTable(first: Shared): Promise<WorkshopTable> {
  const set = table();
  await set.connection.whenLoaded;
  set.shared.set(first);
  const asked: ClientCommand[] = [];
  const workshop: WorkshopChannel = {
    ...set.connection.workshop,
    send: async (command) => {
      asked.push(command);
      return { done: `r${asked.length}` };
    },
  };
  return { ...set, connection: { ...set.connection, workshop }, asked };
}

export function somebody(
  id: string,
  name: string,
  role: Role = 'participant',
  more: Partial<Person> = {},
): Person {
  return { id, name, color: '#654321', role, online: true, ...more };
}

/** A view with these people in it and nothing under way. */
export function viewOf(people: readonly Person[], more: Partial<Shared> = {}): Shared {
  return { ...EMPTY, people: [...people], ...more };
}
