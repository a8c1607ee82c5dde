// The shape of the emotion curve: a smooth line through points that never overshoots them.
// Pure geometry, called by the emotion lane. Monotone cubic interpolation after Fritsch and Carlson (1980): between two
// points the line stays between their heights, so it never shows a feeling nobody had.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Slopes at each point. `points` have strictly rising x, or strictly falling. */
function tangents(points: readonly Point[]): readonly number[] {
  const slopes = points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    return (point.y - before.y) / (point.x - before.x);
  });
  return points.map((_, index) => {
    const left = slopes[index - 1];
    const right = slopes[index];
    if (left === undefined) return right ?? 0;
    if (right === undefined) return left;
    if (left * right <= 0) return 0;
    // The harmonic mean keeps the interpolant monotone for uneven steps, too.
    return (2 * left * right) / (left + right);
  });
}

/** An SVG path through the points, sorted by x; points at one x are joined by their mean. */
export function curvePath(points: readonly Point[]): string {
  const through = distinct(points);
  const first = through[0];
  return first === undefined ? '' : `M${at(first)}${segments(through)}`;
}

/** An SVG path around what lies between two curves that go over the same places. */
export function bandPath(upper: readonly Point[], lower: readonly Point[]): string {
  const [there, back] = [distinct(upper), distinct(lower).toReversed()];
  const [first, turn] = [there[0], back[0]];
  if (first === undefined || turn === undefined) return '';
  return `M${at(first)}${segments(there)}L${at(turn)}${segments(back)}Z`;
}

/** The cubic pieces from the first point to the last, whichever way they go. */
function segments(through: readonly Point[]): string {
  const slopes = tangents(through);
  return through
    .slice(1)
    .map((point, index) => {
      const before = through[index] ?? point;
      const third = (point.x - before.x) / 3;
      const leave = { x: before.x + third, y: before.y + third * (slopes[index] ?? 0) };
      const arrive = { x: point.x - third, y: point.y - third * (slopes[index + 1] ?? 0) };
      return `C${at(leave)} ${at(arrive)} ${at(point)}`;
    })
    .join('');
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function distinct(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const through: { x: number; y: number; count: number }[] = [];
  for (const { x, y } of sorted) {
    const last = through.at(-1);
    if (last !== undefined && x - last.x < 1e-9) {
      last.y = (last.y * last.count + y) / (last.count + 1);
      last.count += 1;
    } else {
      through.push({ x, y, count: 1 });
    }
  }
  return through;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Height of a score within a band, 0 (top, +2) to 1 (bottom, −2), with room for the marks at both ends. */
export function scoreHeight(score: number): number {
  const room = 0.1;
  return room + ((2 - score) / 4) * (1 - 2 * room);
}

/** The score at a height within a band: the inverse of `scoreHeight`, not yet snapped to halves. */
export function scoreAtHeight(height: number): number {
  const room = 0.1;
  return 2 - ((height - room) / (1 - 2 * room)) * 4;
}
