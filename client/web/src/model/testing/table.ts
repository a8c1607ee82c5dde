// For tests and the development page only: one open map without a server, and somebody else at the same table.
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { MapConnection, SaveState } from '../../sync/connection';
import { createStore, type WritableStore } from '../../sync/store';
import type { Personal, Shared } from '../../wire/types';
import { type Journey, openJourney } from '../journey';
import { load, type MapJson, SMALL_MAP } from './desk';

export interface Table {
  readonly connection: MapConnection;
  /** The same map on somebody else's side; every change passes between the two at once. */
  readonly other: Journey;
  /** The workshop as a server would tell it: what everyone sees, and what only this person does. */
  readonly shared: WritableStore<Shared | null>;
  readonly personal: WritableStore<Personal | null>;
}

/** An open map with somebody else in it. `filling` may load it later: the editor waits for it. */
export function table(filling: MapJson | Promise<MapJson> = SMALL_MAP): Table {
  const doc = new Y.Doc();
  const far = new Y.Doc();
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== far) Y.applyUpdate(far, update, doc);
  });
  far.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== doc) Y.applyUpdate(doc, update, far);
  });
  const whenLoaded = Promise.resolve(filling).then((map) => load(doc, map));
  const shared = createStore<Shared | null>(null);
  const personal = createStore<Personal | null>(null);
  const connection: MapConnection = {
    mapId: 'table',
    doc,
    awareness: new Awareness(doc),
    status: createStore<SaveState>({ kind: 'saved', waiting: 0 }),
    ended: createStore(null),
    whenLoaded,
    workshop: {
      shared,
      personal,
      send: () => Promise.reject(new Error('There is no server at this table.')),
    },
    close: () => undefined,
  };
  return { connection, other: openJourney(far), shared, personal };
}
