import { expect, test } from 'vitest';
import { setAddressed, setCardFields } from './cards';
import type { Journey } from './journey';
import {
  grouped,
  heldInPlace,
  isOverdue,
  type Opportunity,
  passes,
  quadrantOf,
  ranking,
  rankWords,
  SHOW_ALL,
  scoreWords,
  sorted,
} from './opportunities';
import { opportunityCsv } from './opportunity-csv';
import { opportunitiesOf } from './opportunity-store';
import { removeEntry, setHidden } from './structure';
import { alone } from './testing/desk';
import { closedRound } from './testing/rounds';
import { cardText } from './text/field';
import { votesInSight, withVotes } from './votes';

const card = (id: string, more: object = {}): object => ({
  id,
  lane: 'ideas',
  stage: 'first',
  text: id,
  ...more,
});
const rated = (id: string, impact: number, value: number, effort: number, more: object = {}) =>
  card(id, { impact, value, effort, ...more });

function journey(cards: readonly object[]): Journey {
  return alone({
    stages: [
      { id: 'first', title: 'First' },
      { id: 'second', title: 'Second' },
    ],
    lanes: [
      { id: 'pains', kind: 'pain', title: 'Pains' },
      { id: 'hopes', kind: 'expectation', title: 'Hopes' },
      { id: 'ideas', kind: 'opportunity', title: 'Ideas' },
    ],
    cards,
  });
}

const read = (cards: readonly object[]): readonly Opportunity[] =>
  opportunitiesOf(journey(cards)).get();
const ids = (opportunities: readonly Opportunity[]): string[] => opportunities.map(({ id }) => id);
const pain = (id: string, severity?: number): object => ({
  ...card(id, { severity }),
  lane: 'pains',
});
const hope = (id: string, gap: number): object => ({ ...card(id, { gap }), lane: 'hopes' });

test('the score is impact plus value, over effort; the best comes first', () => {
  const list = read([rated('a', 1, 1, 5), rated('b', 5, 5, 1), rated('c', 3, 4, 3)]);
  expect(
    ranking(list).map(({ opportunity, rank }) => [opportunity.id, opportunity.score, rank.place]),
  ).toEqual([
    ['b', 10, 1],
    ['c', 7 / 3, 2],
    ['a', 0.4, 3],
  ]);
  expect(scoreWords(7 / 3)).toBe('2.33');
});

test('equal scores share a place, and the next place is left out', () => {
  const list = read([
    rated('a', 1, 1, 1),
    rated('b', 4, 2, 3),
    rated('c', 5, 5, 1),
    rated('d', 1, 1, 2),
  ]);
  expect(
    ranking(list).map(({ opportunity, rank }) => `${opportunity.id} ${rankWords(rank)}`),
  ).toEqual(['c 1', 'a 2=', 'b 2=', 'd 4']);
});

test('what lacks a rating has no score and no place, and says what it lacks', () => {
  const list = read([card('a', { impact: 5, effort: 1 }), card('b'), rated('c', 1, 1, 5)]);
  expect(list.map(({ id, score, missing }) => [id, score, missing])).toEqual([
    ['a', undefined, ['value']],
    ['b', undefined, ['impact', 'value', 'effort']],
    ['c', 0.4, []],
  ]);
  expect(ranking(list).map(({ opportunity }) => opportunity.id)).toEqual(['c']);
});

test('a figure that is no rating is none: the field is shared with the figures lane', () => {
  const [one] = read([rated('a', 5, 40, 1)]);
  expect(one?.missing).toEqual(['value']);
});

test('done and dropped ones keep their score and take no place', () => {
  const list = read([
    rated('a', 5, 5, 1, { status: 'done' }),
    rated('b', 1, 1, 5, { status: 'idea' }),
  ]);
  expect(ranking(list).map(({ opportunity, rank }) => [opportunity.id, rank.place])).toEqual([
    ['b', 1],
  ]);
  expect(list[0]?.score).toBe(10);
});

test('pain severity addressed is a sum; gaps only break its ties; pains nobody rated are told apart', () => {
  const list = read([
    pain('p2', 2),
    pain('p3', 3),
    pain('p?'),
    hope('h3', 3),
    hope('h1', 1),
    card('a', { addresses: ['p2', 'p3', 'p3', 'gone'] }),
    card('b', { addresses: ['p2', 'p3', 'h1'] }),
    card('c', { addresses: ['h3', 'h1'] }),
    card('d', { addresses: ['p?'] }),
  ]);
  expect(
    list.map(({ id, severity, gaps, unratedPains }) => [id, severity, gaps, unratedPains]),
  ).toEqual([
    ['a', 5, 0, 0],
    ['b', 5, 1, 0],
    ['c', undefined, 4, 0],
    ['d', undefined, 0, 1],
  ]);
  expect(ids(sorted(list, { by: 'severity', reversed: false }))).toEqual(['b', 'a', 'c', 'd']);
});

test('sorting either way leaves what has no value last, and equal ones in map order', () => {
  const list = read([
    card('a', { effort: 2 }),
    card('b'),
    card('c', { effort: 1 }),
    card('d', { effort: 2 }),
  ]);
  expect(ids(sorted(list, { by: 'effort', reversed: false }))).toEqual(['c', 'a', 'd', 'b']);
  expect(ids(sorted(list, { by: 'effort', reversed: true }))).toEqual(['a', 'd', 'c', 'b']);
});

test('by rank, what cannot be ranked is apart; sorted otherwise it is among the rest', () => {
  const list = read([
    rated('a', 1, 1, 1),
    card('b'),
    rated('c', 5, 5, 1, { status: 'dropped' }),
    rated('d', 2, 2, 1),
  ]);
  expect(grouped(list, 'rank', { by: 'score', reversed: false })).toEqual([
    { key: 'ranked', ids: ['d', 'a'] },
    { key: 'unranked', ids: ['b'] },
    { key: 'closed', ids: ['c'] },
  ]);
  expect(grouped(list, 'rank', { by: 'impact', reversed: false })).toEqual([
    { key: 'open', ids: ['d', 'a', 'b'] },
    { key: 'closed', ids: ['c'] },
  ]);
});

test('by status there is a group for each status, and one for none only when it is needed', () => {
  const sorting = { by: 'score', reversed: false } as const;
  const keys = (cards: readonly object[]) =>
    grouped(read(cards), 'status', sorting).map(({ key, ids: held }) => `${key} ${held.join('')}`);
  expect(keys([card('a', { status: 'doing' })])).toEqual([
    'status-idea ',
    'status-planned ',
    'status-doing a',
    'status-done ',
    'status-dropped ',
  ]);
  expect(keys([card('b')]).at(-1)).toBe('status- b');
});

test('while a hand is on the list, rows stay, the gone leave and new ones join the end of their group', () => {
  const shown = [
    { key: 'ranked', ids: ['a', 'b', 'c'] },
    { key: 'unranked', ids: ['d'] },
  ] as const;
  const wanted = [
    { key: 'ranked', ids: ['x', 'd', 'c', 'a'] },
    { key: 'closed', ids: ['y'] },
  ] as const;
  expect(heldInPlace(shown, wanted, (id) => id !== 'b')).toEqual([
    { key: 'ranked', ids: ['a', 'c', 'x'] },
    { key: 'unranked', ids: ['d'] },
    { key: 'closed', ids: ['y'] },
  ]);
});

test('filters join: one of these statuses and one of these owners; none is a choice, too', () => {
  const list = read([
    card('a', { status: 'idea', owner: 'Jo' }),
    card('b', { status: 'done', owner: 'Jo' }),
    card('c', { status: 'idea' }),
  ]);
  const shown = (filter: object): string[] =>
    ids(list.filter((one) => passes(one, { ...SHOW_ALL, ...filter })));
  expect(shown({})).toEqual(['a', 'b', 'c']);
  expect(shown({ statuses: ['idea'], owners: ['Jo'] })).toEqual(['a']);
  expect(shown({ owners: [''] })).toEqual(['c']);
  expect(shown({ stages: ['second'] })).toEqual([]);
});

test('a due date is overdue from the day after, and never for what is done', () => {
  const [open, done] = read([
    card('a', { due: '2026-11-26' }),
    card('b', { due: '2026-11-26', status: 'done' }),
  ]);
  const overdue = (one: Opportunity | undefined, today: string) => one && isOverdue(one, today);
  expect([overdue(open, '2026-11-26'), overdue(open, '2026-11-27')]).toEqual([false, true]);
  expect(overdue(done, '2026-11-27')).toBe(false);
});

test('a three either way lies in no quadrant', () => {
  expect([quadrantOf(5, 1), quadrantOf(4, 5), quadrantOf(2, 2), quadrantOf(1, 4)]).toEqual([
    'quick-wins',
    'big-bets',
    'fill-ins',
    'think-twice',
  ]);
  expect([quadrantOf(3, 1), quadrantOf(5, 3)]).toEqual([undefined, undefined]);
});

test('the list is in map order, without hidden lanes and without cards of stages that are gone', () => {
  const map = journey([
    { ...card('late'), stage: 'second' },
    card('early'),
    { ...card('lost'), stage: 'nowhere' },
  ]);
  expect(ids(opportunitiesOf(map).get())).toEqual(['early', 'late']);
  setHidden(map, 'ideas', true);
  expect(opportunitiesOf(map).get()).toEqual([]);
  setHidden(map, 'ideas', false);
  removeEntry(map, 'stages', 'second');
  expect(ids(opportunitiesOf(map).get())).toEqual(['early']);
});

test('an edit tells once it changes something, and only what it touches gets a new identity', () => {
  const map = journey([pain('p', 2), card('a', { addresses: ['p'] }), card('b')]);
  const store = opportunitiesOf(map);
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  const [a, b] = store.get();
  cardText(map, 'p', 'text').write({ deletions: [], index: 0, insert: 'x' });
  const [a2, b2] = store.get();
  expect(a2).not.toBe(a);
  expect(b2).toBe(b);
  expect(a2?.addresses[0]?.card.text).toBe('xp');
  setCardFields(map, 'p', { severity: 5 });
  expect(store.get()[0]?.severity).toBe(5);
  setAddressed(map, 'b', 'p', true);
  expect(store.get()[1]?.severity).toBe(5);
  expect(told).toBe(3);
  stop();
  setCardFields(map, 'p', { severity: 1 });
  expect(told).toBe(3);
  expect(store.get()[0]?.severity).toBe(1);
});

test('a table for a tracker: one row each, ranks of the whole map, figures as figures', () => {
  const map = journey([
    pain('Too slow', 4),
    hope('Quick', 2),
    rated('=HYPERLINK("x")', 4, 3, 3, {
      status: 'planned',
      owner: 'Jo',
      due: '2027-01-15',
      addresses: ['Too slow', 'Quick'],
      sources: [{ kind: 'survey', title: 'Survey 3', url: 'https://example.org' }],
    }),
    card('later'),
  ]);
  const votes = votesInSight([closedRound(1, { '=HYPERLINK("x")': 2 })]);
  const list = withVotes(opportunitiesOf(map).get(), votes);
  const ranks = new Map(ranking(list).map(({ opportunity, rank }) => [opportunity.id, rank]));
  const [head, ...rows] = opportunityCsv(
    list,
    ranks,
    (id) => `https://maps.example/map/m?card=${id}`,
  )
    .replace('\uFEFF', '')
    .split('\r\n');
  expect(head).toBe(
    '"Rank","Score","Votes","Voters","Rank by votes","Opportunity","Stage","Lane","Status","Impact","Value","Effort","Owner","Due","Addresses",' +
      '"Pain severity addressed","Expectation gaps addressed","Confidence","Sources","Link","Id"',
  );
  expect(rows[0]).toBe(
    '1,2.33,2,1,1,"\'=HYPERLINK(""x"")","First","Ideas","Planned",4,3,3,"Jo","2027-01-15","Too slow\nQuick",4,2,"Evidence",' +
      '"Survey: Survey 3 https://example.org","https://maps.example/map/m?card==HYPERLINK(""x"")","\'=HYPERLINK(""x"")"',
  );
  expect(rows[1]).toBe(
    ',,,,,"later","First","Ideas",,,,,,,,,,"Assumption",,"https://maps.example/map/m?card=later","later"',
  );
});
