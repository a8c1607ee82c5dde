// A table as CSV that a spreadsheet opens as it is meant: RFC 4180, UTF-8 with a byte order mark (without it Excel guesses another
// encoding), and no text that could be taken for a formula. Called by whatever exports a table. Pure.
// The guard follows OWASP's "CSV Injection" page: https://owasp.org/www-community/attacks/CSV_Injection

/** A number stays a number; text is quoted and guarded; nothing is an empty cell. */
export type CsvCell = string | number | undefined;

const BYTE_ORDER_MARK = '\uFEFF';

/** What begins a formula in some spreadsheet: the four signs, their full-width and small forms. */
const SIGNS = new Set('=+-@＝＋－＠﹦﹢﹣﹫');
/** Where some program would begin a cell: a separator, a line's end, a quote. */
const BREAKS = new Set(',;|\t\r\n\u2028\u2029"\'');
/** What a program may skip before it looks at a cell. */
const SKIPPED = /[\s\p{Cc}\p{Cf}]/u;
const CONTROL_FIRST = /^[\t\r\n]/;

/**
 * Puts an apostrophe before each sign that could begin a formula; a spreadsheet then takes the cell for text. That is a
 * sign at the start of the text, and also one at the start of what would be a cell to a program that splits the file
 * otherwise: by semicolons, as Excel does in much of Europe, by tabs, or by lines regardless of quotes.
 */
export function guarded(text: string): string {
  let safe = CONTROL_FIRST.test(text) ? "'" : '';
  let atStart = true;
  for (const char of text) {
    if (atStart && SIGNS.has(char)) safe += "'";
    safe += char;
    atStart = BREAKS.has(char) || (atStart && SKIPPED.test(char));
  }
  return safe;
}

function field(cell: CsvCell): string {
  if (cell === undefined || cell === '') return '';
  // A figure is written by this program and by nobody else: −2 is a number, not a formula.
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  return `"${guarded(cell).replaceAll('"', '""')}"`;
}

/** The file's text. Lines within a cell stay lines (LF); rows end in CRLF. */
export function csv(rows: readonly (readonly CsvCell[])[]): string {
  const lines = rows.map((row) =>
    row
      .map((cell) => field(typeof cell === 'string' ? cell.replace(/\r\n?/g, '\n') : cell))
      .join(','),
  );
  return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join('');
}
