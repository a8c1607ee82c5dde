import { expect, test } from 'vitest';
import { answers, plain } from './fuzzy';

const best = (query: string, ...names: string[]): string | undefined =>
  names
    .map((name) => ({ name, rank: answers(plain(name), plain(query)) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)[0]?.name;

test.each([
  ['dup', 'Duplicate', ['Undo', 'Duplicate']],
  ['add pain', 'Add a lane of pains', ['Add a stage', 'Paint', 'Add a lane of pains']],
  ['undo', 'Undo your last step', ['Redo it; not undo', 'Undo your last step']],
  ['dplct', 'Duplicate', ['Delete', 'Duplicate']],
  ['koln', 'Köln', ['Kiel', 'Köln']],
  ['eile', 'Späte Eile', ['Weile', 'Späte Eile']],
  ['日本', '日本へ', ['東京', '日本へ']],
])('%s finds %s', (query, name, names) => {
  expect(best(query, ...names)).toBe(name);
});

test.each(['xyz', 'dark lane', 'd p'])('%s finds nothing in “Delete”', (query) => {
  expect(best(query, 'Delete')).toBeUndefined();
});
