// An open map against a server in this process: what "saved" says while lines break, servers refuse
// and pages reload. Waits for states, never for time.
import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { LOCAL } from './origin';
import { is, mapHere, openHere, server, texts, until, write } from './testing';

test('SAVE-1 a change is saved only when the server has answered the barrier behind it', async () => {
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

test('SAVE-4 what waits survives a reload, the count as well as the text', async () => {
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
  expect(localStorage.getItem(`cairn.waiting.${mapHere()}`)).toBeNull();
});

test('SAVE-5 a line that only looks open is shown as offline, and left', async () => {
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

test('SAVE-6 CLIENT-5 a refused edit ends the connection, drops the copy and gives the words back', async () => {
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

test('SAVE-6 what an earlier visit could not send is given back when it is refused', async () => {
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

test('SAVE-6 a refusal empties the copy of every tab, and each gives back its own words once', async () => {
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

test('CLIENT-3 a command not answered is asked again on the next connection, under the same request', async () => {
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
