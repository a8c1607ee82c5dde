import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addCard, addComment, moveCard, putBack, removeCards, setCardFields } from './cards';
import { writeCopies } from './copies';
import type { Journey } from './journey';
import { addSource } from './sources';
import { alone, pair, SMALL_MAP } from './testing/desk';
import { cardText } from './text/field';

const TODAY = '2026-11-27';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(`${TODAY}T10:00:00Z`), toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function touched(journey: Journey, card = 'a'): string | undefined {
  return journey.card(card).get()?.lastTouched;
}

/** The small map whose card "a" says it was last touched on `day`. */
function withDay(day: string): Journey {
  const cards = (SMALL_MAP.cards as object[]).map((card, index) =>
    index === 0 ? { ...card, lastTouched: day } : card,
  );
  return alone({ ...SMALL_MAP, cards });
}

test('map_38 whatever changes a card says the day, and a neighbour stays as it was', () => {
  const changes: Record<string, (journey: Journey) => void> = {
    text: (there) => cardText(there, 'a', 'text').write({ deletions: [], index: 1, insert: '!' }),
    field: (there) => setCardFields(there, 'a', { severity: 3 }),
    source: (there) => addSource(there, 'a', { kind: 'other', title: 'Call' }),
    cell: (there) => {
      moveCard(there, 'a', { lane: 'ideas', stage: 'second', index: 0 });
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    const journey = alone();
    change(journey);
    expect([what, touched(journey)]).toEqual([what, TODAY]);
    expect([what, touched(journey, 'b')]).toEqual([what, undefined]);
  }
});

test('map_38 a place within the cell, an equal value and a comment do not touch a card', () => {
  const journey = alone();
  moveCard(journey, 'a', { lane: 'pains', stage: 'first', index: 2 });
  setCardFields(journey, 'b', { severity: undefined });
  addComment(journey, 'c', 'Really?', 'Ben', `${TODAY}T10:00:00Z`);
  expect(['a', 'b', 'c'].map((card) => touched(journey, card))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('map_38 a day is written once, however much is typed on it', () => {
  const journey = alone();
  const written: unknown[] = [];
  journey.root('cards').observeDeep((events) => {
    for (const event of events) {
      if (event.changes.keys.has('lastTouched')) written.push(event.path);
    }
  });
  for (let letter = 0; letter < 50; letter += 1) {
    cardText(journey, 'a', 'text').write({ deletions: [], index: 1, insert: '!' });
  }
  setCardFields(journey, 'a', { severity: 3 });
  expect(written).toEqual([['a']]);
});

test('map_38 a card written today needs no second day, nor does typing on in it', () => {
  const journey = alone();
  const place = { lane: 'pains', stage: 'first', index: 0 };
  addCard(journey, { id: 'new', place, text: 'N', author: 'Ada', at: new Date().toISOString() });
  cardText(journey, 'new', 'text').write({ deletions: [], index: 1, insert: 'ew' });
  expect(touched(journey, 'new')).toBeUndefined();
});

test('map_38 a copy and a card put back were touched today, however old they are', () => {
  const journey = withDay('2026-10-01');
  const card = journey.card('a').get();
  if (card === undefined) throw new Error('There is no card.');
  const [copy = ''] = writeCopies(journey, [{ card, lane: 'ideas', stage: 'second' }]);
  removeCards(journey, ['a']);
  expect(touched(journey)).toBeUndefined();
  putBack(journey, card);
  expect([touched(journey, copy), touched(journey)]).toEqual([TODAY, TODAY]);
});

test('map_38 an earlier day gives way, tomorrow stays, and a day of a wrong clock is put right', () => {
  const days = ['2026-11-26', '2026-11-28', '2031-01-01'].map((day) => {
    const journey = withDay(day);
    setCardFields(journey, 'a', { severity: 3 });
    return touched(journey);
  });
  expect(days).toEqual([TODAY, '2026-11-28', TODAY]);
});

test('map_38 one undo takes the change and its day back', () => {
  const journey = withDay('2026-10-01');
  setCardFields(journey, 'a', { severity: 3 });
  expect(touched(journey)).toBe(TODAY);
  journey.steps.undo();
  expect([touched(journey), journey.card('a').get()?.severity]).toEqual(['2026-10-01', undefined]);
});

test('map_38 what comes from somebody else is theirs to date', () => {
  const { ada, ben, sync } = pair();
  setCardFields(ada, 'a', { severity: 3 });
  vi.setSystemTime(new Date('2027-01-15T10:00:00Z'));
  sync();
  expect(touched(ben)).toBe(TODAY);
});
