import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { BUDGET, type Chunk, total, weigh } from './script-budget';

function chunk(fileName: string, more: Partial<Chunk> = {}): Chunk {
  return { fileName, code: fileName, isEntry: false, moduleIds: [], imports: [], ...more };
}

const entry = chunk('index.js', { isEntry: true, imports: ['shared.js'] });
const page = chunk('MapPage.js', {
  moduleIds: ['/somewhere/src/view/MapPage.tsx'],
  imports: ['index.js', 'grid.js'],
});

test('a map page loads the entry, its own chunk and what these import; the rest comes later', () => {
  const chunks = [entry, page, chunk('shared.js'), chunk('grid.js'), chunk('report.js')];
  const { page: now, later } = weigh(chunks);
  expect(now.map(({ fileName }) => fileName).toSorted()).toEqual([
    'MapPage.js',
    'grid.js',
    'index.js',
    'shared.js',
  ]);
  expect(later.map(({ fileName }) => fileName)).toEqual(['report.js']);
});

test('what counts is the compressed size', () => {
  const words = chunk('shared.js', { code: 'again '.repeat(BUDGET) });
  expect(total(weigh([entry, page, words]).page)).toBeLessThan(BUDGET / 10);
  const noise = chunk('shared.js', { code: randomBytes(BUDGET).toString('base64') });
  expect(total(weigh([entry, page, noise]).page)).toBeGreaterThan(BUDGET);
});

test('a build in which the map page cannot be found is not weighed as empty', () => {
  expect(() => weigh([entry])).toThrow('MapPage');
});
