// What a round would be about, by the same rule as the server's (VOTE-1), and what keeps it from being opened (VOTE-11).
import { expect, test } from 'vitest';
import type { RoundSetup } from '../wire/channel';
import type { Card, Lane, Stage } from './entities';
import { setupFlaw, targetCards, usualDots, usualMost, votersAmong } from './round-setup';
import { setup } from './testing/rounds';

const map = {
  stages: [{ id: 's1' }, { id: 's2' }] as Stage[],
  lanes: [
    { id: 'lo', kind: 'opportunity' },
    { id: 'lh', kind: 'opportunity', hidden: true },
    { id: 'lp', kind: 'pain' },
  ] as Lane[],
  cards: [
    { id: 'o1', lane: 'lo', stage: 's1' },
    { id: 'o2', lane: 'lo', stage: 's2' },
    { id: 'h1', lane: 'lh', stage: 's1' },
    { id: 'p1', lane: 'lp', stage: 's2' },
    { id: 'lost', lane: 'gone', stage: 's1' },
    { id: 'adrift', lane: 'lo', stage: 'gone' },
  ] as Card[],
};
const about = (targets: RoundSetup['targets']): readonly string[] =>
  targetCards(map, targets).map(({ id }) => id);

test('VOTE-1 opportunities unless told, in hidden lanes too; lanes, stages, or picked cards', () => {
  expect(about({})).toEqual(['o1', 'o2', 'h1']);
  expect(about({ stages: ['s2'] })).toEqual(['o2']);
  expect(about({ lanes: ['lp'] })).toEqual(['p1']);
  expect(about({ lanes: ['lo', 'lp'], stages: ['s2'] })).toEqual(['o2', 'p1']);
  expect(about({ cards: ['p1', 'o1', 'lost', 'nowhere'] })).toEqual(['o1', 'p1']);
});

test('usual dots follow the number of cards', () => {
  expect([1, 2, 5, 12, 20, 200].map(usualDots)).toEqual([1, 2, 3, 3, 5, 10]);
  expect([1, 3, 5, 10].map(usualMost)).toEqual([1, 2, 3, 5]);
});

test.each<[string, Partial<RoundSetup>, number, RegExp | undefined]>([
  ['a sound one', {}, 5, undefined],
  ['no question', { question: '  ' }, 5, /what people vote on/],
  ['200 signs of any kind', { question: '🗺'.repeat(200) }, 5, undefined],
  ['a long question', { question: 'x'.repeat(201) }, 5, /at most 200/],
  ['no card', {}, 0, /no card/],
  ['too many cards', {}, 2001, /at most 2000/],
  ['no dots', { dots: 0 }, 5, /1 to 99/],
  ['more on a card than there are', { mostPerCard: 4 }, 5, /1 to 3/],
  ['nobody', { roles: [] }, 5, /who may vote/],
])('VOTE-11 %s', (_, change, cards, flaw) => {
  const found = setupFlaw({ ...setup, ...change }, cards);
  if (flaw === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(flaw);
});

test('voters are people of the roles it is open to', () => {
  const people = [{ role: 'facilitator' }, { role: 'participant' }, { role: 'observer' }] as const;
  expect(votersAmong(people, ['participant', 'facilitator'])).toBe(2);
  expect(votersAmong(people, ['observer'])).toBe(1);
});
