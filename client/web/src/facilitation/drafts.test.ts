import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GRACE, PAUSE } from './drafts';
import { FakeBrainstorm, FakeStorage } from './testing/brainstorm';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function alone() {
  const server = new FakeBrainstorm();
  const storage = new FakeStorage();
  return { server, storage, tab: server.tab(storage.end()) };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('DRAFT-9 what is typed goes out after a pause, and is saved when the server says so', async () => {
  const { server, tab } = alone();
  expect(tab.drafts.saving.get()).toBe('quiet');
  tab.type('a', 'H');
  tab.type('a', 'Hey');
  expect(tab.shown).toEqual(['Hey']);
  expect(tab.drafts.saving.get()).toBe('saving');
  await pass(PAUSE);
  expect(tab.drafts.saving.get()).toBe('saving');
  await server.answer();
  expect(server.heard).toEqual(['a: Hey']);
  expect(tab.drafts.saving.get()).toBe('saved');
});

test('leaving a draft sends it at once', async () => {
  const { server, tab } = alone();
  tab.type('a', 'Hey');
  tab.drafts.settle('a');
  await server.answer();
  expect(server.heard).toEqual(['a: Hey']);
});

test('without a connection it waits, and says so', () => {
  const { tab } = alone();
  tab.type('a', 'Hey');
  tab.isConnected.set(false);
  expect(tab.drafts.saving.get()).toBe('waiting');
});

test('a card without a word is nothing: left empty, it goes', async () => {
  const { server, tab } = alone();
  tab.type('a', '');
  expect(tab.shown).toEqual(['']);
  expect(tab.drafts.saving.get()).toBe('quiet');
  tab.drafts.settle('a');
  expect(tab.shown).toEqual([]);
  tab.type('b', 'Word');
  tab.drafts.settle('b');
  await server.answer();
  tab.type('b', '  ');
  await pass(PAUSE);
  expect(server.heard).toEqual(['b: Word']);
  tab.drafts.settle('b');
  await pass(0);
  await server.answer();
  expect(server.heard).toEqual(['b: Word', 'drop b']);
  expect(tab.shown).toEqual([]);
});

test('a draft dropped while its first words are under way goes after them', async () => {
  const { server, tab } = alone();
  tab.type('a', 'Hey');
  tab.drafts.settle('a');
  tab.drafts.drop('a');
  expect(tab.shown).toEqual([]);
  await pass(0);
  await server.answer();
  await server.answer();
  expect(server.heard).toEqual(['a: Hey', 'drop a']);
});

test('the order of writing stays when an older draft is changed', async () => {
  const { server, tab } = alone();
  for (const id of ['a', 'b']) {
    tab.type(id, id);
    tab.drafts.settle(id);
  }
  await server.answer();
  tab.type('a', 'a again');
  tab.type('c', 'c');
  expect(tab.shown).toEqual(['a again', 'b', 'c']);
});

test('DRAFT-9 a reload sends what was not answered, after a moment', async () => {
  const { server, storage, tab } = alone();
  tab.type('a', 'Hey');
  tab.drafts.stop();
  const again = server.tab(storage.end());
  expect(again.shown).toEqual(['Hey']);
  expect(again.drafts.saving.get()).toBe('saving');
  await pass(GRACE);
  await server.answer();
  expect(server.heard).toEqual(['a: Hey']);
  expect(storage.kept.size).toBe(0);
});

test('a drop that was not answered is sent again, too', async () => {
  const { server, storage, tab } = alone();
  server.drafts = [{ id: 'a', lane: 'pains', stage: 'first', text: 'Old' }];
  server.tell();
  tab.drafts.drop('a');
  tab.drafts.stop();
  const again = server.tab(storage.end());
  expect(again.shown).toEqual([]);
  await pass(GRACE);
  await server.answer();
  expect(server.heard).toEqual(['drop a']);
});

test('nothing stays in the browser of what the server has', async () => {
  const { server, storage, tab } = alone();
  tab.type('a', 'Hey');
  expect([...storage.kept.values()]).toMatchObject([{ text: 'Hey', began: 1000 }]);
  tab.drafts.settle('a');
  await server.answer();
  expect(storage.kept.size).toBe(0);
});

test('DRAFT-9 two tabs show the same, and the one that was typed in sends it', async () => {
  const { server, storage, tab } = alone();
  const other = server.tab(storage.end());
  tab.type('a', 'Hey');
  storage.hear();
  expect(other.shown).toEqual(['Hey']);
  await pass(PAUSE);
  await server.answer();
  storage.hear();
  await pass(GRACE);
  await server.answer();
  expect(server.heard).toEqual(['a: Hey']);
  expect([tab.shown, other.shown]).toEqual([['Hey'], ['Hey']]);
  expect([tab, other].map(({ drafts }) => drafts.saving.get())).toEqual(['saved', 'saved']);
});

test('DRAFT-9 the other tab sends what a closed one left behind', async () => {
  const { server, storage, tab } = alone();
  const other = server.tab(storage.end());
  tab.type('a', 'Hey');
  storage.hear();
  tab.drafts.stop();
  await pass(GRACE);
  await server.answer();
  expect(server.heard).toEqual(['a: Hey']);
  expect(other.shown).toEqual(['Hey']);
  expect(storage.kept.size).toBe(0);
});

test('DRAFT-9 older news of another tab does not take away what was typed here since', async () => {
  const { server, storage, tab } = alone();
  const other = server.tab(storage.end());
  other.type('a', 'Old');
  tab.type('a', 'Newer');
  storage.hear();
  expect([tab.shown, other.shown]).toEqual([['Newer'], ['Newer']]);
});

test('DRAFT-9 letting go of one’s own older words leaves the newer ones of another tab kept', async () => {
  const { server, storage, tab } = alone();
  const other = server.tab(storage.end());
  tab.type('a', 'Mine');
  tab.drafts.settle('a');
  other.type('a', 'Theirs');
  await server.answer();
  expect(storage.kept.get('a')).toMatchObject({ text: 'Theirs' });
});

test('DRAFT-9 a draft that is refused is at hand with the reason, over a reload, until it is taken', async () => {
  const { server, storage, tab } = alone();
  server.refusal = { why: 'That cell is outside the focus.', rule: 'DRAFT-2' };
  tab.type('a', 'Hey');
  tab.drafts.settle('a');
  await server.answer();
  expect(tab.shown).toEqual([]);
  expect(tab.left).toEqual(['Hey (That cell is outside the focus.)']);
  const again = server.tab(storage.end());
  expect(again.left).toEqual(['Hey (That cell is outside the focus.)']);
  again.drafts.takeLeft('a');
  storage.hear();
  expect([tab.left, again.left, storage.kept.size]).toEqual([[], [], 0]);
});

test('words typed after those that were refused are sent, and only they are given back', async () => {
  const { server, tab } = alone();
  server.refusal = { why: 'No.', rule: 'DRAFT-2' };
  tab.type('a', 'One');
  tab.drafts.settle('a');
  tab.type('a', 'One and two');
  await server.answer();
  expect(tab.left).toEqual([]);
  tab.drafts.settle('a');
  await server.answer();
  expect(tab.left).toEqual(['One and two (No.)']);
});

test('DRAFT-9 what was typed when the brainstorm ended is given back; what had come in is not', async () => {
  const { server, tab } = alone();
  tab.type('a', 'In');
  tab.drafts.settle('a');
  await server.answer();
  tab.type('b', 'Too late');
  tab.type('c', ' ');
  server.end();
  expect(tab.shown).toEqual([]);
  expect(tab.left).toEqual(['Too late (The brainstorm was over before this was saved.)']);
  await pass(GRACE);
  expect(server.heard).toEqual(['a: In']);
});

test('DRAFT-9 what was left from an earlier brainstorm does not slip into the next', async () => {
  const { server, storage, tab } = alone();
  tab.type('a', 'Of the first');
  tab.drafts.stop();
  server.began = 2000;
  const again = server.tab(storage.end());
  expect(again.shown).toEqual([]);
  expect(again.left).toEqual(['Of the first (The brainstorm was over before this was saved.)']);
  await pass(GRACE);
  expect(server.heard).toEqual([]);
});
