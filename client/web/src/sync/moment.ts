// A map as it was after a record, open to look at: a document that nobody else is in, over a connection that leads nowhere.
import * as Y from 'yjs';
import { stateAt } from '../wire/past';
import type { MapConnection } from './connection';
import { openStill } from './still';
import { createStore } from './store';

export async function openMoment(mapId: string, seq: number): Promise<MapConnection> {
  const state = await stateAt(mapId, seq);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state, 'moment');
  const still = openStill(mapId, doc, createStore(null));
  return {
    ...still,
    close() {
      still.close();
      doc.destroy();
    },
  };
}
