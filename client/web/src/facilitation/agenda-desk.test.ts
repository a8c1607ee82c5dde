// Two facilitators at one agenda: nothing flickers back, nothing is written over that nobody touched.
import { expect, test } from 'vitest';
import { createStore } from '../sync/store';
import type { AgendaStep, ClientCommand, Shared } from '../wire/channel';
import type { Done } from '../wire/types';
import { AgendaDesk } from './agenda-desk';
import { EMPTY, step } from './testing/views';

/** A server that answers when it is told to, and tells its view apart from that. */
function desk(...agenda: readonly AgendaStep[]) {
  const shared = createStore<Shared | null>({ ...EMPTY, agenda: [...agenda] });
  const sent: ClientCommand[] = [];
  const answers: ((done: Done | null) => void)[] = [];
  const made = new AgendaDesk(shared, (command) => {
    sent.push(command);
    return new Promise((answer) => answers.push(answer));
  });
  return {
    desk: made,
    sent,
    shows: () => made.steps.get().map(({ title }) => title),
    tell: (...steps: readonly AgendaStep[]) => shared.set({ ...EMPTY, agenda: [...steps] }),
    async answer(done: Done | null = { done: 'r' }) {
      answers.shift()?.(done);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

test('a change shows at once, stays until a view has it, and goes with a refusal', async () => {
  const at = desk(step(1), step(2));
  void at.desk.change(1, { title: 'New' });
  expect(at.shows()).toEqual(['New', 'Step 2']);
  // A view that left the server before it heard of the change.
  at.tell(step(1), step(2, { title: 'Theirs' }));
  expect(at.shows()).toEqual(['New', 'Theirs']);
  await at.answer();
  expect(at.shows()).toEqual(['New', 'Theirs']);
  at.tell(step(1, { title: 'Newer' }), step(2));
  expect(at.shows()).toEqual(['Newer', 'Step 2']);

  const refused = at.desk.change(1, { title: 'No' });
  expect(at.shows()).toEqual(['No', 'Step 2']);
  await at.answer(null);
  expect(await refused).toBe(false);
  expect(at.shows()).toEqual(['Newer', 'Step 2']);
});

test('two fields changed before any answer are both in what is sent', () => {
  const at = desk(step(1));
  void at.desk.change(1, { title: 'New' });
  void at.desk.change(1, { minutes: undefined });
  const { minutes: _, id: __, ...rest } = step(1);
  expect(at.sent[1]).toEqual({ changeStep: { id: 1, step: { ...rest, title: 'New' } } });
  expect(at.desk.find(1)).not.toHaveProperty('minutes');
});

test('what the other facilitator has written in another field is kept', () => {
  const at = desk(step(1));
  at.tell(step(1, { instructions: 'Theirs' }));
  void at.desk.change(1, { title: 'Mine' });
  expect(at.sent).toMatchObject([
    { changeStep: { step: { title: 'Mine', instructions: 'Theirs' } } },
  ]);
});

test('moves build on what is shown, one after the other', () => {
  const at = desk(step(1), step(2), step(3));
  void at.desk.move(3, 1);
  void at.desk.move(3, 0);
  expect(at.shows()).toEqual(['Step 3', 'Step 1', 'Step 2']);
  expect(at.sent).toEqual([{ moveStep: { id: 3, index: 1 } }, { moveStep: { id: 3, index: 0 } }]);
});

test('a step that others have removed is not there any more, whatever was asked of it', () => {
  const at = desk(step(1), step(2));
  void at.desk.move(1, 1);
  void at.desk.change(1, { title: 'New' });
  at.tell(step(2));
  expect(at.shows()).toEqual(['Step 2']);
});

test('a removed step is gone at once, and back when that was refused', async () => {
  const at = desk(step(1), step(2));
  void at.desk.remove(1);
  expect(at.shows()).toEqual(['Step 2']);
  await at.answer(null);
  expect(at.shows()).toEqual(['Step 1', 'Step 2']);
});

test('AGENDA-3 what was added is known by the number the server gave it', async () => {
  const at = desk(step(4, { title: 'Same' }), step(2));
  const { id: _, ...content } = step(0, { title: 'Same' });
  const added = at.desk.add(content);
  expect(at.sent).toEqual([{ addStep: { index: 2, step: content } }]);
  await at.answer();
  // Somebody else was quicker with another one.
  at.tell(step(4, { title: 'Same' }), step(2), step(5), step(6, { title: 'Same' }));
  expect(await added).toBe(6);
});
