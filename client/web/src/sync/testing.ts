// For tests of sync: a browser at a server in this process. Whoever imports this has both anew for each test.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import * as Y from 'yjs';
import { type MapConnection, type OpenOptions, openMap, type SaveState } from './connection';
import { type FakeServer, startFakeServer } from './fake-server';
import { LOCAL } from './origin';
import type { Store } from './store';

/** The server of the test that is running. */
export let server: FakeServer;
let open: MapConnection[] = [];
let maps = 0;

beforeEach(async () => {
  const slots = new Map<string, string>();
  vi.stubGlobal('WebSocket', NodeWebSocket);
  vi.stubGlobal('localStorage', {
    getItem: (slot: string) => slots.get(slot) ?? null,
    setItem: (slot: string, value: string) => slots.set(slot, value),
    removeItem: (slot: string) => slots.delete(slot),
  });
  server = await startFakeServer();
  maps += 1;
});

afterEach(async () => {
  for (const connection of open) connection.close();
  open = [];
  await server.stop();
  vi.unstubAllGlobals();
});

/** Each test has a map of its own. */
export const mapHere = (): string => `map${maps}`;

export function openHere(options: OpenOptions = {}): MapConnection {
  const connection = openMap(mapHere(), {
    syncUrl: server.url,
    mayEnter: () => Promise.resolve(),
    ...options,
  });
  open.push(connection);
  return connection;
}

export function until<T>(store: Store<T>, holds: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds(store.get())) return;
      stop();
      resolve(store.get());
    };
    const stop = store.subscribe(look);
    look();
  });
}

export const is =
  (kind: SaveState['kind'], waiting = 0) =>
  (state: SaveState) =>
    state.kind === kind && state.waiting === waiting;

export function write(connection: MapConnection, text: string): void {
  connection.doc.transact(() => {
    connection.doc.getMap('cards').set(`c${text}`, new Y.Map([['text', new Y.Text(text)]]));
  }, LOCAL);
}

export function texts(doc: Y.Doc): string[] {
  return [...doc.getMap<Y.Map<Y.Text>>('cards').values()]
    .map((card) => card.get('text')?.toString() ?? '')
    .sort();
}
