// For tests of what is drawn of a workshop: a map on a table whose server is played by the test, one view and one answer at a time.
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { EMPTY } from '../../facilitation/testing/views';
import type { Journey } from '../../model/journey';
import { type MapJson, SMALL_MAP } from '../../model/testing/desk';
import { table } from '../../model/testing/table';
import type { MapConnection } from '../../sync/connection';
import { createStore } from '../../sync/store';
import { CommandRefused } from '../../sync/workshop';
import type { ClientCommand, Done, Personal, Role, Shared } from '../../wire/types';

export interface Seat {
  readonly connection: MapConnection;
  /** The map as somebody else has it. */
  readonly other: Journey;
  /** Everything that was asked of the server, in order. */
  readonly asked: ClientCommand[];
  /** What the server tells from now on. */
  tell(shared: Partial<Shared>, personal?: Partial<Personal>): Promise<void>;
  /** Answers everything that was asked: done, or refused with a reason. */
  answer(refusal?: string): Promise<void>;
  root?: Root;
}

export function seat(role: Role = 'participant', map: MapJson = SMALL_MAP): Seat {
  const { connection, other } = table(map);
  const shared = createStore<Shared | null>(null);
  const personal = createStore<Personal | null>(null);
  const asked: ClientCommand[] = [];
  let waiting: ((refusal?: string) => void)[] = [];
  const send = (command: ClientCommand): Promise<Done> => {
    asked.push(command);
    return new Promise((done, failed) => {
      waiting.push((refusal) => {
        if (refusal === undefined) done({ done: 'r' });
        else failed(new CommandRefused(refusal, 'TEST-1'));
      });
    });
  };
  return {
    connection: { ...connection, workshop: { shared, personal, send } },
    other,
    asked,
    async tell(all, own = {}) {
      await act(async () => {
        personal.set({ participant: 'p1', role, ...own });
        shared.set({ ...EMPTY, ...all });
      });
    },
    async answer(refusal) {
      const all = waiting;
      waiting = [];
      await act(async () => {
        for (const one of all) one(refusal);
      });
    },
  };
}
