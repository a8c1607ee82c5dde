// Walking and carrying in the matrix, as pure steps: which stop an arrow leads to. Called by `Matrix`; it touches nothing.
import { boundedRating, RATING_HIGH, RATING_LOW } from '../../model/opportunities';

export interface MatrixCell {
  readonly impact: number;
  readonly effort: number;
}

/** Where one stands: a cell, or something in it; without a cell, something in the tray. */
export interface MatrixStop {
  readonly cell?: MatrixCell;
  /** An opportunity, or `MORE`: the button that unfolds a full cell. */
  readonly item?: string;
}

/** No card has such an id. */
export const MORE = '+';

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';
const ARROWS: readonly Arrow[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

export function arrowOf(key: string): Arrow | undefined {
  return ARROWS.find((one) => one === key);
}

export function cellKey({ impact, effort }: MatrixCell): string {
  return `${impact} ${effort}`;
}

export function sameStop(a: MatrixStop, b: MatrixStop): boolean {
  return (
    a.item === b.item && a.cell?.impact === b.cell?.impact && a.cell?.effort === b.cell?.effort
  );
}

/** The cell next to one; at the edge, the same. */
export function beside({ impact, effort }: MatrixCell, arrow: Arrow): MatrixCell {
  switch (arrow) {
    case 'ArrowUp':
      return { impact: boundedRating(impact + 1), effort };
    case 'ArrowDown':
      return { impact: boundedRating(impact - 1), effort };
    case 'ArrowLeft':
      return { impact, effort: boundedRating(effort - 1) };
    case 'ArrowRight':
      return { impact, effort: boundedRating(effort + 1) };
  }
}

/** `items` gives what can be stood on in a cell, `tray` what waits outside. */
export function walk(
  at: MatrixStop,
  arrow: Arrow,
  items: (cell: MatrixCell) => readonly string[],
  tray: readonly string[],
): MatrixStop {
  if (at.cell === undefined) {
    const by = arrow === 'ArrowUp' || arrow === 'ArrowLeft' ? -1 : 1;
    const item = tray[tray.indexOf(at.item ?? '') + by];
    return item === undefined ? at : { item };
  }
  const here = items(at.cell);
  const upright = arrow === 'ArrowUp' || arrow === 'ArrowDown';
  if (upright && at.item !== undefined) {
    const next = here[here.indexOf(at.item) + (arrow === 'ArrowUp' ? -1 : 1)];
    if (next !== undefined) return { cell: at.cell, item: next };
  }
  const cell = beside(at.cell, arrow);
  if (cellKey(cell) === cellKey(at.cell)) return at;
  const there = items(cell);
  const item = arrow === 'ArrowUp' ? there.at(-1) : there[0];
  return item === undefined ? { cell } : { cell, item };
}

/** While something is carried, only cells matter; from the tray one enters in the middle. */
export function carryTo(at: MatrixStop, arrow: Arrow): MatrixStop {
  const middle = (RATING_LOW + RATING_HIGH) / 2;
  return {
    cell: at.cell === undefined ? { impact: middle, effort: middle } : beside(at.cell, arrow),
  };
}
