// How an open map ends for good: whoever is removed or refused, and what of a copy is left when somebody was erased, or the map deleted.
import { expect, test } from 'vitest';
import { ApiError, fromResponse } from '../wire/problem';
import { is, mapHere, openHere, server, texts, until, write } from './testing';

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

/** What the server says of a map it does not have, and what a proxy says that has never heard of one. */
const NO_SUCH_MAP = fromResponse(404, { title: 'No', status: 404, type: '/problems/no-such-map' });
const FOREIGN_404 = fromResponse(404, undefined);

/** A browser that has a map, and was away with something unsent. */
async function wasAway(): Promise<void> {
  const before = openHere();
  await until(before.status, is('saved'));
  write(before, 'sent');
  await until(before.status, is('saved'));
  server.refuse(404);
  server.closeAll(1012);
  await until(before.status, is('offline'));
  write(before, 'unsent');
  before.close();
}

/** What this browser opens without a server. */
async function copyHere(): Promise<string[]> {
  server.refuse(503);
  const here = openHere();
  await until(here.status, ({ kind }) => kind === 'offline');
  return texts(here.doc);
}

test('DELETE-1 who was away when a map was deleted is told, and nothing of it is left or given back', async () => {
  await wasAway();
  let asked = 0;
  const mayEnter = (): Promise<unknown> => {
    asked += 1;
    return Promise.reject(NO_SUCH_MAP);
  };
  const here = openHere({ mayEnter, trustsCopy: false });
  let isLoaded = false;
  void here.whenLoaded.then(() => {
    isLoaded = true;
  });
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({ kind: 'deleted' });
  expect([asked, isLoaded]).toEqual([2, false]);
  here.close();
  expect(localStorage.getItem(`cairn.waiting.${mapHere()}`)).toBeNull();
  expect(await copyHere()).toEqual([]);
});

test('DELETE-1 a map that is deleted while the line is down goes at reconnecting', async () => {
  const here = openHere({ mayEnter: () => Promise.reject(NO_SUCH_MAP) });
  await until(here.status, is('saved'));
  write(here, 'sent');
  await until(here.status, is('saved'));
  server.refuse(404);
  server.closeAll(1012);
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({ kind: 'deleted' });
  here.close();
  expect(await copyHere()).toEqual([]);
});

test('DELETE-1 a 404 of somebody else drops nothing', async () => {
  await wasAway();
  const here = openHere({ mayEnter: () => Promise.reject(FOREIGN_404) });
  expect(await until(here.ended, (ended) => ended !== null)).toEqual({
    kind: 'refused',
    error: FOREIGN_404,
  });
  here.close();
  expect(await copyHere()).toEqual(['sent', 'unsent']);
});

test('DELETE-1 ROLE-9 on an open server the socket makes the map anew, with what this browser has', async () => {
  await wasAway();
  const mayEnter = (): Promise<unknown> => {
    server.refuse(null);
    return Promise.reject(NO_SUCH_MAP);
  };
  const here = openHere({ mayEnter, trustsCopy: false });
  await here.whenLoaded;
  await until(here.status, is('saved'));
  expect(here.ended.get()).toBeNull();
  expect(texts(server.doc)).toEqual(['sent', 'unsent']);
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
