import { expect, test } from 'vitest';
import { addSource, editSource, moveSource, removeSource } from './sources';
import { alone, pair, SMALL_MAP } from './testing/desk';

const first = { kind: 'survey', title: 'First' } as const;
const second = { kind: 'interview', title: 'Second', url: 'https://cairn.example/2' } as const;

test('a source is removed by what it says, not by where it stood', () => {
  const { ada, ben, sync } = pair();
  addSource(ada, 'a', first);
  addSource(ada, 'a', second);
  sync();
  removeSource(ada, 'a', first);
  removeSource(ben, 'a', first);
  sync();
  expect(ada.card('a').get()?.sources).toEqual([second]);
});

test('MAP-4: an edited or moved source keeps the fields this client does not know', () => {
  const journey = alone({
    ...SMALL_MAP,
    cards: [
      {
        id: 'a',
        lane: 'pains',
        stage: 'first',
        text: 'A',
        sources: [{ ...first, weight: 3, url: 'x' }, second],
      },
    ],
  });
  const stored = (): unknown => journey.root('cards').toJSON().a.sources;
  editSource(journey, 'a', { ...first, url: 'x' }, { kind: 'support', title: 'Ticket 7' });
  expect(stored()).toEqual([{ kind: 'support', title: 'Ticket 7', weight: 3 }, second]);
  expect(moveSource(journey, 'a', { kind: 'support', title: 'Ticket 7' }, 1)).toBe(true);
  expect(stored()).toEqual([second, { kind: 'support', title: 'Ticket 7', weight: 3 }]);
  expect(moveSource(journey, 'a', second, -1)).toBe(false);
  journey.steps.undo();
  journey.steps.undo();
  expect(stored()).toEqual([{ ...first, weight: 3, url: 'x' }, second]);
});

test('a source that somebody else changed meanwhile is not overwritten by an edit of what it was', () => {
  const { ada, ben, sync } = pair();
  addSource(ada, 'a', first);
  sync();
  editSource(ada, 'a', first, { ...first, title: 'Ada’s' });
  sync();
  editSource(ben, 'a', first, { ...first, title: 'Ben’s' });
  sync();
  expect(ada.card('a').get()?.sources).toEqual([{ ...first, title: 'Ada’s' }]);
});
