import { describe, expect, test } from 'vitest';
import type { Me, Person, Role } from '../../wire/types';
import { type Crowd, facesOf, matching, othersFacilitate, rosterOf } from './roster';

const ME: Me = { map: 'm', participant: 'p1', role: 'participant', name: 'Ada', color: '#123456' };

function somebody(id: string, name: string, more: Partial<Person> = {}): Person {
  return { id, name, color: '#654321', role: 'participant', online: true, ...more };
}

const PEOPLE = [
  somebody('p1', 'Ada'),
  somebody('p2', 'Zoë', { role: 'facilitator' }),
  somebody('p3', 'Ben', { online: false }),
  somebody('p4', 'Cy'),
  somebody('p5', 'Dee', { role: 'observer' }),
];

function crowd(more: Partial<Crowd> = {}): Crowd {
  return { people: PEOPLE, hands: [], ...more };
}

const names = (rows: readonly { person: Person }[]): string[] =>
  rows.map(({ person }) => person.name);

describe('the roster', () => {
  test('has oneself first, then who is here, then who has left, by name', () => {
    expect(names(rosterOf(crowd(), ME))).toEqual(['Ada', 'Cy', 'Dee', 'Zoë', 'Ben']);
  });

  test('FLOOR-1 has hands before everything else, in the order of raising', () => {
    const rows = rosterOf(crowd({ hands: ['p5', 'p3', 'p1'] }), ME);
    expect(names(rows)).toEqual(['Dee', 'Ben', 'Ada', 'Cy', 'Zoë']);
    expect(rows.map(({ hand }) => hand)).toEqual([1, 2, 3, 0, 0]);
  });

  test('AGENDA-6 says who is done with the step under way, and nobody without one', () => {
    const current = { id: 1, began: 0, clock: { runs: {} }, ready: ['p4', 'p1'] };
    const done = (shared: Crowd): string[] =>
      names(rosterOf(shared, ME).filter(({ isReady }) => isReady));
    expect(done(crowd({ current }))).toEqual(['Ada', 'Cy']);
    expect(done(crowd())).toEqual([]);
  });

  test('shows oneself before the server has told of anybody, and never as away', () => {
    expect(rosterOf(null, ME).map(({ person }) => person)).toEqual([
      somebody('p1', 'Ada', { color: '#123456' }),
    ]);
    const gone = crowd({ people: [somebody('p1', 'Ada', { online: false })] });
    expect(rosterOf(gone, ME)[0]?.person.online).toBe(true);
  });

  test('is searched by name and role, whatever the accents and the case', () => {
    const rows = rosterOf(crowd(), ME);
    const found = (query: string): string[] => names(matching(rows, query));
    expect(found('zoe')).toEqual(['Zoë']);
    expect(found('FACIL')).toEqual(['Zoë']);
    expect(found('dee obs')).toEqual(['Dee']);
    expect(found('dee part')).toEqual([]);
    expect(found('  ')).toHaveLength(5);
  });
});

describe('the faces in the bar', () => {
  test('are of those who are here, oneself first and hands next', () => {
    const { shown, here, hands } = facesOf(crowd({ hands: ['p5', 'p4'] }), ME, 3);
    expect(shown.map(({ person, hasHand }) => [person.name, hasHand])).toEqual([
      ['Ada', false],
      ['Dee', true],
      ['Cy', true],
    ]);
    expect([here, hands]).toEqual([4, 2]);
  });

  test('do not show a hand of somebody who has left, but count it', () => {
    const { shown, hands } = facesOf(crowd({ hands: ['p3'] }), ME, 4);
    expect(shown.map(({ person }) => person.name)).toEqual(['Ada', 'Zoë', 'Cy', 'Dee']);
    expect(hands).toBe(1);
  });
});

test('ROLE-3 a facilitator is the only one unless somebody else is one, be they away', () => {
  const with2 = (role: Role): Person[] => [
    somebody('p1', 'Ada', { role: 'facilitator' }),
    somebody('p2', 'Ben', { role, online: false }),
  ];
  expect(othersFacilitate(with2('participant'), 'p1')).toBe(false);
  expect(othersFacilitate(with2('facilitator'), 'p1')).toBe(true);
});
