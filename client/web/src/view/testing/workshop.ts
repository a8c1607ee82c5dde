// For tests: a table with a workshop at it, whose views a test tells and whose commands it reads.
import { type Table, table } from '../../model/testing/table';
import { createStore, type WritableStore } from '../../sync/store';
import type { WorkshopChannel } from '../../sync/workshop';
import type { ClientCommand, Person, Role, Shared } from '../../wire/types';

export interface WorkshopTable extends Table {
  readonly shared: WritableStore<Shared | null>;
  /** Everything that was asked of the server; all of it is done. */
  readonly asked: ClientCommand[];
}

export async function workshopTable(first: Shared): Promise<WorkshopTable> {
  const { connection, other } = table();
  await connection.whenLoaded;
  const asked: ClientCommand[] = [];
  const shared = createStore<Shared | null>(first);
  const workshop: WorkshopChannel = {
    ...connection.workshop,
    shared,
    send: async (command) => {
      asked.push(command);
      return { done: `r${asked.length}` };
    },
  };
  return { connection: { ...connection, workshop }, other, shared, asked };
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
  return {
    seq: 1,
    now: 0,
    people: [...people],
    agenda: [],
    hands: [],
    parked: [],
    rounds: [],
    emotionRounds: [],
    ...more,
  };
}
