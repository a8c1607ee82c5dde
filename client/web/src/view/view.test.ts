// What the screens decide without drawing: addresses, words, files.
import { describe, expect, test } from 'vitest';
import { titleOfFile } from './home/ImportDialog';
import { importType, jsonFlaw } from './home/starts';
import { saveWords } from './mappage/Saved';
import { readRoute } from './router';
import { initials } from './ui/person';
import { ago, reviewState } from './words';

describe('addresses', () => {
  test.each([
    ['/', { screen: 'home' }],
    ['/join/abc123', { screen: 'join', map: 'abc123' }],
    ['/map/abc123/', { screen: 'map', map: 'abc123', part: 'grid' }],
    ['/map/abc123/report', { screen: 'map', map: 'abc123', part: 'report' }],
    ['/map/abc123/present', { screen: 'map', map: 'abc123', part: 'present' }],
    ['/map/abc123/grid', { screen: 'lost' }],
    ['/join/abc123/report', { screen: 'lost' }],
    ['/map', { screen: 'lost' }],
    ['/map/a/b', { screen: 'lost' }],
    ['/map/..%2Fapi', { screen: 'lost' }],
    ['/maps/abc', { screen: 'lost' }],
  ])('%s', (path, route) => {
    expect(readRoute(path)).toEqual(route);
  });
});

describe('saved state in words', () => {
  test.each([
    [{ kind: 'saved', waiting: 0 }, 'Saved'],
    [{ kind: 'saving', waiting: 2 }, 'Saving…'],
    [{ kind: 'connecting', waiting: 0 }, 'Connecting…'],
    [{ kind: 'offline', waiting: 0 }, 'Offline'],
    [{ kind: 'offline', waiting: 1 }, 'Offline: 1 change waiting'],
    [{ kind: 'offline', waiting: 3 }, 'Offline: 3 changes waiting'],
  ] as const)('%o', (state, words) => {
    expect(saveWords(state)).toBe(words);
  });
});

describe('when a map was touched', () => {
  const now = new Date(2026, 10, 23, 17, 0);
  const at = (...date: [number, number, number, number, number]): string =>
    ago(new Date(...date).toISOString(), now);

  test('reads as people say it', () => {
    expect(at(2026, 10, 23, 17, 0)).toBe('just now');
    expect(at(2026, 10, 23, 16, 48)).toBe('12 min ago');
    expect(at(2026, 10, 23, 9, 0)).toBe('8 h ago');
    expect(at(2026, 10, 22, 23, 0)).toBe('yesterday');
    expect(at(2026, 10, 19, 9, 0)).toBe('4 days ago');
    expect(at(2025, 2, 1, 9, 0)).toContain('2025');
    expect(ago('', now)).toBe('');
  });

  test.each<[string, string, boolean]>([
    ['2026-12-07', 'Review due in 14 days', false],
    ['2026-11-24', 'Review due in 1 day', false],
    ['2026-11-23', 'Review due today', true],
    ['2026-11-22', 'Review overdue by 1 day', true],
    ['2026-11-20', 'Review overdue by 3 days', true],
  ])('a review due on %s is told as “%s”', (due, words, isPressing) => {
    expect(reviewState(due, now)).toEqual({ words, isPressing });
  });

  test.each(['2026-12-08', '', 'soon', null, undefined])('a review due on %s is no news', (due) => {
    expect(reviewState(due, now)).toBeNull();
  });
});

describe('files', () => {
  test.each([
    ['plan.csv', '', 'text/csv'],
    ['Plan.TSV', 'text/tab-separated-values', 'text/csv'],
    ['notes.md', '', 'text/markdown'],
    ['map.cairn.json', 'application/json', 'application/json'],
    ['clip', 'text/csv', 'text/csv'],
    ['map', '', 'application/json'],
  ])('%s (%s) is taken for %s', (name, type, taken) => {
    expect(importType({ name, type })).toBe(taken);
  });

  test('a map is called as its file until somebody says better', () => {
    expect(titleOfFile('renting-a_flat.csv')).toBe('Renting a flat');
    expect(titleOfFile('.csv')).toBe('Imported map');
  });

  test('a file that is no JSON is told so before it is sent', () => {
    expect(jsonFlaw('{"format":"cairn.map/1"}')).toBeNull();
    expect(jsonFlaw('  ')).toContain('empty');
    expect(jsonFlaw('{\n  "title": "A",\n  oops\n}')).not.toBeNull();
  });
});

test.each([
  ['Jo', 'J'],
  ['Ana Ruiz', 'AR'],
  ['  Wei   de Chen ', 'WC'],
  ['👩‍🚀 Star', '👩‍🚀S'],
  ['', '?'],
])('initials of "%s" are %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
