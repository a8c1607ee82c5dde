import { expect, test } from 'vitest';
import { bandPath, curvePath, scoreAtHeight, scoreHeight } from './curve';

/** Heights along a path of cubic segments, sampled. */
function heights(path: string): number[] {
  const numbers = path.match(/-?[\d.]+/g)?.map(Number) ?? [];
  let [x, y] = [numbers[0] ?? 0, numbers[1] ?? 0];
  const found = [y];
  for (let at = 2; at + 5 < numbers.length; at += 6) {
    const [, y1 = 0, , y2 = 0, x3 = 0, y3 = 0] = numbers.slice(at, at + 6);
    for (let t = 0.05; t <= 1.0001; t += 0.05) {
      const u = 1 - t;
      found.push(u ** 3 * y + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t ** 3 * y3);
    }
    [x, y] = [x3, y3];
  }
  expect(x).toBeGreaterThanOrEqual(numbers[0] ?? 0);
  return found;
}

test('the curve never overshoots its points', () => {
  const scores = [1, -2, -2, 2, 1.5, 1.5, -1, 0];
  const points = scores.map((score, index) => ({ x: index * (1 + (index % 3)), y: score }));
  const found = heights(curvePath(points));
  expect(Math.min(...found)).toBeGreaterThanOrEqual(-2.001);
  expect(Math.max(...found)).toBeLessThanOrEqual(2.001);
});

test('between two points the curve stays between their heights', () => {
  const found = heights(
    curvePath([
      { x: 0, y: 0 },
      { x: 1, y: 2 },
    ]),
  );
  expect(found).toEqual([...found].sort((a, b) => a - b));
});

test('points at one place are joined by their mean', () => {
  const path = curvePath([
    { x: 1, y: 0 },
    { x: 1, y: 2 },
    { x: 2, y: 1 },
  ]);
  expect(path.startsWith('M1 1C')).toBe(true);
});

test('no points, no line; one point, a dot', () => {
  expect(curvePath([])).toBe('');
  expect(curvePath([{ x: 1, y: 1 }])).toBe('M1 1');
});

test('heights and scores are inverse', () => {
  for (const score of [-2, -0.5, 0, 1.5, 2]) {
    expect(scoreAtHeight(scoreHeight(score))).toBeCloseTo(score);
  }
});

test('a band goes along its upper curve and comes back along the lower one', () => {
  const upper = [
    { x: 0.5, y: 0.1 },
    { x: 1.5, y: 0.4 },
  ];
  const lower = [
    { x: 0.5, y: 0.6 },
    { x: 1.5, y: 0.9 },
  ];
  expect(bandPath(upper, lower)).toBe(
    'M0.5 0.1C0.833 0.2 1.167 0.3 1.5 0.4L1.5 0.9C1.167 0.8 0.833 0.7 0.5 0.6Z',
  );
  expect(bandPath([], [])).toBe('');
});
