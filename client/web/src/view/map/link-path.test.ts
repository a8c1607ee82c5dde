import { expect, test } from 'vitest';
import { type Box, inSight, linkPath, spread, stubEnd } from './link-path';

const box = (left: number, top: number): Box => ({
  left,
  top,
  right: left + 100,
  bottom: top + 40,
});
const FRAME: Box = { left: 0, top: 0, right: 400, bottom: 300 };

test('a link goes between the sides that face each other', () => {
  const there = linkPath(box(0, 0), box(200, 100));
  expect([there.from, there.to]).toEqual([
    { x: 100, y: 20 },
    { x: 200, y: 120 },
  ]);
  const back = linkPath(box(200, 100), box(0, 0));
  expect([back.from, back.to]).toEqual([there.to, there.from]);
});

test('in one column a link swings out at the same side, over no card', () => {
  const { from, to, d } = linkPath(box(100, 0), box(100, 200));
  expect([from, to]).toEqual([
    { x: 100, y: 20 },
    { x: 100, y: 220 },
  ]);
  expect(d).toBe('M100 20C78 20 78 220 100 220');
});

test('a link to a point above leaves the card at its top', () => {
  const { from, to, d } = linkPath(box(100, 200), { left: 300, right: 300, top: 0, bottom: 0 });
  expect([from, to]).toEqual([
    { x: 150, y: 200 },
    { x: 300, y: 0 },
  ]);
  expect(d).toBe('M150 200C150 100 300 100 300 0');
});

test('a card out of sight is pointed at from within the frame', () => {
  expect(inSight(box(100, 100), FRAME)).toBe(true);
  const far = box(900, 100);
  expect(inSight(far, FRAME)).toBe(false);
  expect(stubEnd(far, FRAME)).toEqual({ x: 388, y: 120 });
  expect(stubEnd(box(-900, 900), FRAME)).toEqual({ x: 12, y: 288 });
  // A frame smaller than its insets has a middle still.
  expect(stubEnd(far, { left: 0, top: 0, right: 10, bottom: 10 })).toEqual({ x: 5, y: 5 });
});

test('names of several cards out of sight lie beside one another', () => {
  const ends = [
    { x: 388, y: 288 },
    { x: 380, y: 288 },
    { x: 12, y: 288 },
  ];
  expect(spread(ends, 24, FRAME)).toEqual([
    { x: 388, y: 288 },
    { x: 380, y: 264 },
    { x: 12, y: 288 },
  ]);
});
