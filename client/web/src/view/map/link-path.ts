// The shape of a link between two cards, and where it ends when the other card is out of sight.
// Pure geometry, called by `Links`. All in the coordinates of the sheet the cards lie on.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
}

export interface LinkPath {
  readonly d: string;
  readonly from: Dot;
  readonly to: Dot;
}

/** How far a link between cards of one column swings out of it. */
const SWING = 22;
/** How far inside the frame a stub ends. */
const INSET = 12;

function middle({ left, top, right, bottom }: Box): Dot {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

/**
 * Leaves one card and enters the other at the sides that face each other; in one column, at the same side. A link to a mere
 * point above or below leaves straight for it.
 */
export function linkPath(one: Box, other: Box): LinkPath {
  const [a, b] = [middle(one), middle(other)];
  const isPoint = other.left === other.right;
  if (isPoint && (b.y < one.top || b.y > one.bottom)) {
    const from = { x: a.x, y: b.y < one.top ? one.top : one.bottom };
    const half = (b.y - from.y) / 2;
    return {
      from,
      to: b,
      d: curve(from, { x: from.x, y: from.y + half }, { x: b.x, y: b.y - half }, b),
    };
  }
  if (other.left >= one.right || other.right <= one.left) {
    const rightwards = other.left >= one.right;
    const from = { x: rightwards ? one.right : one.left, y: a.y };
    const to = { x: rightwards ? other.left : other.right, y: b.y };
    const bend = Math.max(24, Math.abs(to.x - from.x) / 2) * (rightwards ? 1 : -1);
    return {
      from,
      to,
      d: curve(from, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to),
    };
  }
  const from = { x: one.left, y: a.y };
  const to = { x: other.left, y: b.y };
  const out = Math.min(from.x, to.x) - SWING;
  return { from, to, d: curve(from, { x: out, y: from.y }, { x: out, y: to.y }, to) };
}

function curve(from: Dot, one: Dot, two: Dot, to: Dot): string {
  const at = ({ x, y }: Dot): string => `${round(x)} ${round(y)}`;
  return `M${at(from)}C${at(one)} ${at(two)} ${at(to)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Whether so much of a card can be seen that a link to it says something. */
export function inSight(card: Box, frame: Box): boolean {
  const { x, y } = middle(card);
  return x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
}

/** Where in the frame a link to a card out of sight ends: in its direction, as near as may be. */
export function stubEnd(card: Box, frame: Box): Dot {
  const { x, y } = middle(card);
  const within = (value: number, low: number, high: number): number =>
    low > high ? (low + high) / 2 : Math.max(low, Math.min(high, value));
  return {
    x: within(x, frame.left + INSET, frame.right - INSET),
    y: within(y, frame.top + INSET, frame.bottom - INSET),
  };
}

/** Moves names apart that would lie over one another, each no further than it must, inwards from the frame's edge. */
export function spread(ends: readonly Dot[], height: number, frame: Box): readonly Dot[] {
  const placed: Dot[] = [];
  const inwards = (end: Dot): number => (end.y > (frame.top + frame.bottom) / 2 ? -height : height);
  for (const end of ends) {
    let { y } = end;
    while (
      placed.some((other) => Math.abs(other.y - y) < height && Math.abs(other.x - end.x) < 180)
    ) {
      y += inwards(end);
    }
    placed.push({ x: end.x, y });
  }
  return placed;
}
