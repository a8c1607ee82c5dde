import { expect, test } from 'vitest';
import { type Arrow, carryTo, type MatrixCell, type MatrixStop, MORE, walk } from './matrixSteps';

const held: Record<string, readonly string[]> = {
  '5 1': ['a', 'b'],
  '4 1': ['c'],
  '5 3': ['d', MORE],
};
const items = ({ impact, effort }: MatrixCell): readonly string[] =>
  held[`${impact} ${effort}`] ?? [];
const tray = ['x', 'y'];

function steps(from: MatrixStop, ...arrows: Arrow[]): MatrixStop {
  return arrows.reduce((at, arrow) => walk(at, arrow, items, tray), from);
}
const at = (impact: number, effort: number, item?: string): MatrixStop => ({
  cell: { impact, effort },
  ...(item === undefined ? {} : { item }),
});

test('up and down go through the cards of a cell before they leave it', () => {
  expect(steps(at(5, 1, 'a'), 'ArrowDown')).toEqual(at(5, 1, 'b'));
  expect(steps(at(5, 1, 'a'), 'ArrowDown', 'ArrowDown')).toEqual(at(4, 1, 'c'));
  expect(steps(at(4, 1, 'c'), 'ArrowUp')).toEqual(at(5, 1, 'b'));
});

test('left and right go to the next cell, to its first card where it has one', () => {
  expect(steps(at(5, 1, 'b'), 'ArrowRight')).toEqual(at(5, 2));
  expect(steps(at(5, 2), 'ArrowRight')).toEqual(at(5, 3, 'd'));
  expect(steps(at(5, 3, 'd'), 'ArrowDown')).toEqual(at(5, 3, MORE));
});

test('the edges hold', () => {
  expect(steps(at(5, 1, 'a'), 'ArrowUp')).toEqual(at(5, 1, 'a'));
  expect(steps(at(1, 5), 'ArrowDown', 'ArrowRight')).toEqual(at(1, 5));
});

test('the tray is a row of its own', () => {
  expect(steps({ item: 'x' }, 'ArrowDown')).toEqual({ item: 'y' });
  expect(steps({ item: 'y' }, 'ArrowRight')).toEqual({ item: 'y' });
  expect(steps({ item: 'y' }, 'ArrowLeft')).toEqual({ item: 'x' });
});

test('what is carried goes from cell to cell, and from the tray to the middle', () => {
  expect(carryTo({ item: 'x' }, 'ArrowRight')).toEqual(at(3, 3));
  expect(carryTo(at(5, 1, 'a'), 'ArrowRight')).toEqual(at(5, 2));
});
