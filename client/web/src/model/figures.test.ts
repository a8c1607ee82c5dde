import { expect, test } from 'vitest';
import { figureText, parseFigure } from './figures';

test('a figure is a number when it is nothing else, in the reader’s own writing', () => {
  expect(
    ['11', '−3.5', '1,234', '1,234.5', ' 0.125 '].map((text) => parseFigure(text, 'en')),
  ).toEqual([11, -3.5, 1234, 1234.5, 0.125]);
  expect(['3,5', '1.234,5', '12 345'].map((text) => parseFigure(text, 'de'))).toEqual([
    3.5, 1234.5, 12345,
  ]);
});

test('MAP-12: what is no number stays the words it is', () => {
  expect(['about 11', '11 %', '1,2', '3 of 4'].map((text) => parseFigure(text, 'en'))).toEqual([
    'about 11',
    '11 %',
    '1,2',
    '3 of 4',
  ]);
  expect(parseFigure('  ', 'en')).toBeUndefined();
});

test('a number comes back from its own text', () => {
  for (const locale of ['en', 'de', 'fr', 'ar-EG']) {
    const text = figureText(1234.5, locale);
    if (/^[\d.,]+$/.test(text)) expect(parseFigure(text, locale)).toBe(1234.5);
  }
  expect(figureText('about 11')).toBe('about 11');
  expect(figureText(undefined)).toBe('');
});
