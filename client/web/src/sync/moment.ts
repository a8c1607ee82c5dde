// A map as it was after a record, open to look at: a document that nobody else is in and that goes nowhere. What the layers above know as
// a connection, without a line to the server and without this browser's copy of the map of now.
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { stateAt } from '../wire/api';
import type { MapConnection, SaveState } from './connection';
import { createStore } from './store';
import { CommandRefused } from './workshop';

export async function openMoment(mapId: string, seq: number): Promise<MapConnection> {
  const state = await stateAt(mapId, seq);
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  Y.applyUpdate(doc, state, 'moment');
  return {
    mapId,
    doc,
    awareness,
    status: createStore<SaveState>({ kind: 'saved', waiting: 0 }),
    ended: createStore(null),
    whenLoaded: Promise.resolve(),
    workshop: {
      shared: createStore(null),
      personal: createStore(null),
      send: () => Promise.reject(new CommandRefused('What was cannot be changed.', '')),
    },
    close() {
      awareness.destroy();
      doc.destroy();
    },
  };
}
