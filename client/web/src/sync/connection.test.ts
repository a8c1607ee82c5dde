// An open map against a server in this process: what "saved" says while lines break, servers refuse
// and pages reload. Waits for states, never for time.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import * as Y from 'yjs';
import { ApiError } from '../wire/problem';
import { type MapConnection, type OpenOptions, openMap, type SaveState } from './connection';
import { type FakeServer, startFakeServer } from './fake-server';
import { LOCAL } from './origin';
import type { Store } from './store';

let server: FakeServer;
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

function openHere(options: OpenOptions = {}): MapConnection {
  const connection = openMap(`map${maps}`, {
    syncUrl: server.url,
    mayEnter: () => Promise.resolve(),
    ...options,
  });
  open.push(connection);
  return connection;
}

function until<T>(store: Store<T>, holds: (value: T) => boolean): Promise<T> {
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

const is =
  (kind: SaveState['kind'], waiting = 0) =>
  (state: SaveState) =>
    state.kind === kind && state.waiting === waiting;

function write(connection: MapConnection, text: string): void {
  connection.doc.transact(() => {
    connection.doc.getMap('cards').set(`c${text}`, new Y.Map([['text', new Y.Text(text)]]));
  }, LOCAL);
}

function texts(doc: Y.Doc): string[] {
  return [...doc.getMap<Y.Map<Y.Text>>('cards').values()]
    .map((card) => card.get('text')?.toString() ?? '')
    .sort();
}

test('a change is saved only when the server has answered the barrier behind it', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  server.holdBarriers(true);
  write(here, 'a');
  await until(here.status, is('saving', 1));
  write(here, 'b');
  expect(here.status.get()).toEqual({ kind: 'saving', waiting: 2 });
  server.holdBarriers(false);
  await until(here.status, is('saved'));
  expect(texts(server.doc)).toEqual(['a', 'b']);
});

test('what is written while the line is down waits, is counted, and arrives', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  server.refuse(503);
  server.closeAll(1012);
  await until(here.status, is('offline'));
  for (const text of ['a', 'b', 'c']) write(here, text);
  expect(here.status.get()).toEqual({ kind: 'offline', waiting: 3 });
  server.refuse(null);
  await until(here.status, is('saved'));
  expect(texts(server.doc)).toEqual(['a', 'b', 'c']);
});

test('what waits survives a reload, the count as well as the text', async () => {
  const before = openHere();
  await until(before.status, is('saved'));
  server.refuse(503);
  server.closeAll(1012);
  await until(before.status, is('offline'));
  write(before, 'a');
  write(before, 'b');
  before.doc.transact(() => before.doc.getMap('cards').delete('ca'), LOCAL);
  before.close();

  const after = openHere();
  await after.whenLoaded;
  expect(texts(after.doc)).toEqual(['b']);
  await until(after.status, is('offline', 3));
  server.refuse(null);
  await until(after.status, is('saved'));
  expect(texts(server.doc)).toEqual(['b']);
  expect(localStorage.getItem(`cairn.waiting.map${maps}`)).toBeNull();
});

test('a line that only looks open is shown as offline, and left', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  server.fallSilent();
  write(here, 'a');
  await until(here.status, is('offline', 1));
  await until(here.status, is('saved'));
  expect(texts(server.doc)).toEqual(['a']);
}, 20_000);

test('an attempt that nobody answers is given up for a new one', async () => {
  server.refuse('silently');
  const here = openHere();
  await until(here.status, is('offline'));
  server.refuse(null);
  await until(here.status, is('saved'));
}, 20_000);

test('an edit of a tab that is cut off reaches the server through another tab of the browser', async () => {
  const cutOff = openHere();
  await until(cutOff.status, is('saved'));
  server.fallSilent();
  const other = openHere();
  await until(other.status, is('saved'));
  server.holdBarriers(true);
  write(cutOff, 'a');
  await until(other.status, is('saving', 1));
  server.holdBarriers(false);
  await until(other.status, is('saved'));
  expect(texts(server.doc)).toEqual(['a']);
  expect(cutOff.status.get().waiting).toBe(1);
});

test('a refused edit ends the connection, drops the copy and gives the words back', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  server.reject('The map is read-only for you.');
  write(here, 'my words');
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({
    kind: 'rejected',
    why: 'The map is read-only for you.',
    texts: ['my words'],
  });
  here.close();
  const again = openHere();
  await until(again.status, is('saved'));
  expect(texts(again.doc)).toEqual([]);
});

test('what an earlier visit could not send is given back when it is refused', async () => {
  const before = openHere();
  await until(before.status, is('saved'));
  write(before, 'saved before');
  await until(before.status, is('saved'));
  server.refuse(503);
  server.closeAll(1012);
  await until(before.status, is('offline'));
  write(before, 'on the train');
  before.doc.transact(() => {
    const card = before.doc.getMap<Y.Map<unknown>>('cards').get('con the train');
    card?.set('sources', Y.Array.from([{ kind: 'interview', title: 'Mira, 34', quote: '' }]));
    card?.set('addresses', Y.Array.from(['c1']));
  }, LOCAL);
  before.close();

  server.refuse(null);
  server.reject('Locked.');
  const after = openHere();
  const how = await until(after.ended, (ended) => ended !== null);
  expect(how).toMatchObject({ kind: 'rejected', why: 'Locked.' });
  const given = how !== null && 'texts' in how ? [...how.texts].sort() : [];
  expect(given).toEqual(['Mira, 34', 'on the train']);
  after.close();
  const again = openHere();
  await until(again.status, is('saved'));
  expect(texts(again.doc)).toEqual(['saved before']);
  expect(again.ended.get()).toBeNull();
});

test('words typed while the refused copy is dropped are given back, too', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  server.reject('Locked.');
  write(here, 'one');
  const text = here.doc.getMap<Y.Map<Y.Text>>('cards').get('cone')?.get('text');
  // The socket is left at once, and the copy goes a moment later.
  await until(here.status, ({ kind }) => kind === 'offline');
  expect(here.ended.get()).toBeNull();
  here.doc.transact(() => text?.insert(3, ' more'), LOCAL);
  expect(await until(here.ended, (ended) => ended !== null)).toMatchObject({ texts: ['one more'] });
});

test('a refusal empties the copy of every tab, and each gives back its own words once', async () => {
  const writer = openHere();
  const other = openHere();
  await until(writer.status, is('saved'));
  await until(other.status, is('saved'));
  server.reject('Locked.');
  write(writer, 'refused');
  const [how, elsewhere] = await Promise.all([
    until(writer.ended, (ended) => ended !== null),
    until(other.ended, (ended) => ended !== null),
  ]);
  expect(how).toMatchObject({ texts: ['refused'] });
  expect(elsewhere).toEqual({ kind: 'dropped', texts: [] });
  writer.close();
  other.close();
  const again = openHere();
  await until(again.status, is('saved'));
  expect(texts(again.doc)).toEqual([]);
  expect(again.ended.get()).toBeNull();
});

test('a removed participant is told so, and does not come back by itself', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  server.closeAll(4401);
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({ kind: 'removed' });
});

test('DELETE-1 a map that was deleted is gone here, too', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  write(here, 'a');
  await until(here.status, is('saved'));
  server.closeAll(4404);
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({ kind: 'deleted' });
  here.close();
  server.refuse(503);
  const again = openHere();
  await until(again.status, is('offline'));
  expect(texts(again.doc)).toEqual([]);
});

test('ERASE-5 once somebody was erased no copy of before is used, and what was not sent is given back', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  write(here, 'of before');
  await until(here.status, is('saved'));
  server.holdBarriers(true);
  write(here, 'just now');
  server.closeAll(4409);
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({
    kind: 'erased',
    texts: ['just now'],
  });
  here.close();
  server.refuse(503);
  const again = openHere();
  await until(again.status, is('offline'));
  expect(texts(again.doc)).toEqual([]);
});

const view = (more: object): object => ({
  shared: { seq: 1, now: 1, people: [], agenda: [], hands: [], parked: [], rounds: [], ...more },
});

test('ERASE-5 who was away when somebody was erased is told by the view, once', async () => {
  const before = openHere();
  await until(before.status, is('saved'));
  write(before, 'of before');
  await until(before.status, is('saved'));
  server.tell(view({}));
  await until(before.workshop.shared, (shared) => shared !== null);
  expect(before.ended.get()).toBeNull();
  before.close();

  const after = openHere();
  await until(after.status, is('saved'));
  expect(texts(after.doc)).toEqual(['of before']);
  server.tell(view({ erased: 40 }));
  const how = await until(after.ended, (ended) => ended !== null);
  expect(how).toEqual({ kind: 'erased', texts: [] });
  after.close();

  const anew = openHere();
  await until(anew.status, is('saved'));
  server.tell(view({ erased: 40 }));
  await until(anew.workshop.shared, (shared) => shared !== null);
  expect(anew.ended.get()).toBeNull();
  anew.close();
  const later = openHere();
  await until(later.status, is('saved'));
  server.tell(view({ erased: 40 }));
  await until(later.workshop.shared, (shared) => shared !== null);
  expect(later.ended.get()).toBeNull();
});

test('a socket refused for good is told from a server that is away', async () => {
  server.refuse(401);
  const refused = new ApiError('signed-out', 401, 'Not signed in.');
  const here = openHere({ mayEnter: () => Promise.reject(refused) });
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({
    kind: 'refused',
    error: refused,
  });

  const away = openHere({
    mayEnter: () => Promise.reject(new ApiError('unreachable', 0, 'Away.')),
  });
  await until(away.status, is('offline'));
  server.refuse(null);
  await until(away.status, is('saved'));
  expect(away.ended.get()).toBeNull();
});

test('the workshop channel says hello, shows views and answers commands', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  expect(server.heardWorkshop).toEqual(['{"hello":{}}']);
  const jo = { id: 'p1', name: 'Jo', color: '#16745c', role: 'participant', online: true };
  server.tell({
    shared: {
      seq: 1,
      now: 0,
      people: [jo],
      agenda: [],
      hands: [],
      parked: [],
      rounds: [],
      emotionRounds: [],
    },
  });
  const shared = await until(here.workshop.shared, (view) => view !== null);
  expect(shared?.people).toEqual([jo]);

  const answer = here.workshop.send({ rotateInvite: { role: 'observer' } });
  await vi.waitUntil(() => server.heardWorkshop.length === 2);
  const { request } = JSON.parse(server.heardWorkshop[1] ?? '{}') as { request: string };
  server.tell({ done: request, invite: 'fresh' });
  expect(await answer).toEqual({ done: request, invite: 'fresh' });
});

test('a command not answered is asked again on the next connection, under the same request', async () => {
  const here = openHere();
  await until(here.status, is('saved'));
  const answer = here.workshop.send({ remove: { participant: 'p2' } });
  await vi.waitUntil(() => server.heardWorkshop.length === 2);
  server.closeAll(1012);
  await vi.waitUntil(() => server.heardWorkshop.length === 4);
  expect(server.heardWorkshop[3]).toBe(server.heardWorkshop[1]);
  const { request } = JSON.parse(server.heardWorkshop[1] ?? '{}') as { request: string };
  server.tell({ refused: request, why: 'Only facilitators may.', rule: 'ROLE-4' });
  await expect(answer).rejects.toMatchObject({ why: 'Only facilitators may.', rule: 'ROLE-4' });
});
