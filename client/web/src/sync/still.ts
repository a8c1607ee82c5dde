// A connection that leads to no server: what is shown over it comes from somewhere else, such as the past, and nothing goes back.
import { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Shared } from '../wire/types';
import type { MapConnection } from './connection';
import type { PresenceFocus, PresenceUser } from './presence';
import type { SaveState } from './save-state';
import { createStore, type Store } from './store';
import { CommandRefused } from './workshop';

export interface Peers {
  readonly user: PresenceUser;
  readonly focus: PresenceFocus;
}

export interface StillConnection extends MapConnection {
  /** Shows these at their places, and nobody else. */
  seat(peers: readonly Peers[]): void;
}

/** Ids of clients that are none. */
const FIRST = 1;

export function openStill(
  mapId: string,
  doc: Y.Doc,
  shared: Store<Shared | null>,
): StillConnection {
  const awareness = new Awareness(doc);
  // There is nobody to tell where this page is.
  awareness.setLocalState(null);
  let seated = 0;
  return {
    mapId,
    doc,
    awareness,
    status: createStore<SaveState>({ kind: 'saved', waiting: 0 }),
    ended: createStore(null),
    whenLoaded: Promise.resolve(),
    workshop: {
      shared,
      personal: createStore(null),
      send: () => Promise.reject(new CommandRefused('What was cannot be changed.', '')),
    },
    seat(peers) {
      const states = awareness.states as Map<number, object>;
      for (const [place, peer] of peers.entries()) states.set(FIRST + place, peer);
      for (let gone = peers.length; gone < seated; gone += 1) states.delete(FIRST + gone);
      if (seated === 0 && peers.length === 0) return;
      seated = peers.length;
      awareness.emit('change', [{ added: [], updated: [], removed: [] }, 'still']);
    },
    close: () => awareness.destroy(),
  };
}
