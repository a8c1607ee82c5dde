import { expect, test } from 'vitest';
import type { Peer } from '../sync/presence';
import { createStore } from '../sync/store';
import { People, placeKey } from './people';

const ben = { id: 'p2', name: 'Ben', color: '#112233' };

function follow(...peers: Peer[]) {
  const store = createStore<readonly Peer[]>(peers);
  const people = new People(store, 'p1');
  people.follow();
  return { store, people };
}

test('somebody on a card is there and nowhere else', () => {
  const { people } = follow({ clientId: 9, user: ben, focus: { card: 'a', field: 'text' } });
  expect(people.at(placeKey({ card: 'a' })).get()).toEqual([
    { ...ben, field: 'text', dragging: false },
  ]);
  expect(people.at(placeKey({ card: 'b' })).get()).toEqual([]);
});

test('a moving pointer tells no card anything', () => {
  const at = { clientId: 9, user: ben, focus: { card: 'a' } };
  const { store, people } = follow(at);
  let told = 0;
  people.at(placeKey({ card: 'a' })).subscribe(() => {
    told += 1;
  });
  store.set([{ ...at, cursor: { x: 0.1, y: 0.2 } }]);
  store.set([{ ...at, cursor: { x: 0.3, y: 0.2 } }]);
  expect(told).toBe(0);
  store.set([]);
  expect(told).toBe(1);
});

test('a dragged card is away from its place and shown over the cell it is above', () => {
  const { people } = follow({
    clientId: 9,
    user: ben,
    drag: { card: 'a', lane: 'pains', stage: 'first' },
  });
  expect(people.at(placeKey({ card: 'a' })).get()[0]?.dragging).toBe(true);
  expect(people.at(placeKey({ lane: 'pains', stage: 'first' })).get()).toHaveLength(1);
});

test('another tab of one’s own is no visitor, and one person’s two tabs are one', () => {
  const { people } = follow(
    { clientId: 7, user: { ...ben, id: 'p1' }, focus: { card: 'a' } },
    { clientId: 8, user: ben, focus: { card: 'a' } },
    { clientId: 9, user: ben, focus: { card: 'a' } },
  );
  expect(people.at(placeKey({ card: 'a' })).get()).toHaveLength(1);
});

test('a caret is in its text alone, and moving the pointer beside it tells nobody anything', () => {
  const caret = { root: 'stages', id: 's', field: 'title', at: { item: 1 } };
  const at = { clientId: 9, user: ben, focus: { stage: 's' }, caret };
  const { store, people } = follow(at, { clientId: 8, user: { ...ben, id: 'p1' }, caret });
  const here = people.carets('stages s title');
  expect(here.get()).toMatchObject([{ ...ben, caret }]);
  expect(people.carets('stages s description').get()).toEqual([]);
  let told = 0;
  here.subscribe(() => {
    told += 1;
  });
  store.set([{ ...at, caret: structuredClone(caret), cursor: { x: 0.1, y: 0.2 } }]);
  expect(told).toBe(0);
  store.set([{ ...at, caret: { ...caret, at: { item: 2 } } }]);
  store.set([{ clientId: 9, user: ben }]);
  expect([told, here.get()]).toEqual([2, []]);
});
