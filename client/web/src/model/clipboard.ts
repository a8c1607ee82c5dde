// Cards on the clipboard: as they leave (text for people, a table for spreadsheets, JSON for another map) and as they come
// back. Pure but for `pasteClip`; the browser's clipboard itself is the view's.
// What is pasted comes from anywhere and is trusted in nothing: every field is read by the document's own tolerant readers
// and bounded as the format bounds it (MAP-10 to MAP-20).
import { blankCard, freshFields } from './cards';
import { writeCopies } from './copies';
import type { Card } from './entities';
import type { Journey } from './journey';
import { cardOf } from './read';
import { isDay } from './review';
import { wellFormed } from './text/difference';

/** MAP-20, in code points and items. */
const MAX_TEXT = 20_000;
const MAX_LIST = 1_000;
const MAX_CARDS = 20_000;
const MAX_AXIS = 200;

const FORMAT = 'cairn.cards/1';

/** One card with its place in the block that was copied, counted from the block's upper left cell. */
export interface ClipCard {
  readonly row: number;
  readonly column: number;
  readonly card: Card;
}

export interface Clip {
  /** In reading order: by row, then column, then place in the cell. */
  readonly cards: readonly ClipCard[];
  /** Names of the personas the cards refer to, so that another map can find its own of that name. */
  readonly personas: ReadonlyMap<string, string>;
}

/** A block of cards as it stands in the map. Cards of hidden lanes have no place in it. */
export function clipOf(journey: Journey, ids: Iterable<string>): Clip {
  const lanes = journey.shownLanes.get();
  const stages = journey.stages.ids.get();
  const placed: ClipCard[] = [];
  for (const id of ids) {
    const card = journey.card(id).get();
    if (card === undefined) continue;
    const row = lanes.indexOf(card.lane);
    const column = stages.indexOf(card.stage);
    if (row >= 0 && column >= 0) placed.push({ row, column, card });
  }
  const top = Math.min(...placed.map(({ row }) => row));
  const left = Math.min(...placed.map(({ column }) => column));
  const place = ({ card }: ClipCard): number =>
    journey.cell(card.lane, card.stage).get().indexOf(card.id);
  const cards = placed
    .sort((a, b) => a.row - b.row || a.column - b.column || place(a) - place(b))
    .map(({ row, column, card }) => ({ row: row - top, column: column - left, card }));
  const personas = new Map<string, string>();
  for (const { card } of cards) {
    const persona = card.persona === undefined ? undefined : journey.personas.get(card.persona);
    if (persona !== undefined) personas.set(persona.id, persona.name);
  }
  return { cards, personas };
}

/** The block as rows of texts: stages across; a cell with several cards takes several rows. */
function tableFrom(clip: Clip): readonly (readonly string[])[] {
  const columns = Math.max(0, ...clip.cards.map(({ column }) => column + 1));
  const rows = [...new Set(clip.cards.map(({ row }) => row))];
  return rows.flatMap((row) => {
    const cells = Array.from({ length: columns }, (_, column) =>
      clip.cards.filter((one) => one.row === row && one.column === column),
    );
    const depth = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: depth }, (_, at) => cells.map((cell) => cell[at]?.card.text ?? ''));
  });
}

/** For a mail, a text editor or a spreadsheet: tabs between stages, a line for each card of a cell. */
export function clipText(clip: Clip): string {
  const [only, ...more] = clip.cards;
  if (only !== undefined && more.length === 0) return only.card.text;
  return tableFrom(clip)
    .map((row) => row.map(quotedCell).join('\t'))
    .join('\n');
}

function quotedCell(text: string): string {
  return /[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table whose cells spreadsheets take as text, whatever sign they begin with; the JSON rides along. */
export function clipHtml(clip: Clip): string {
  const rows = tableFrom(clip).map(
    (row) =>
      `<tr>${row.map((text) => `<td style="mso-number-format:'\\@'">${escaped(text).replaceAll('\n', '<br>')}</td>`).join('')}</tr>`,
  );
  return `<table data-cairn-cards="${escaped(clipJson(clip))}"><tbody>${rows.join('')}</tbody></table>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function clipJson(clip: Clip): string {
  const cards = clip.cards.map(({ row, column, card }) => {
    const { order: _, lane: __, stage: ___, valueText, targetText, ...fields } = card;
    // In JSON a figure is a number or a text under one name (MAP-12).
    const value = card.value ?? valueText;
    const target = card.target ?? targetText;
    return { row, column, card: { ...fields, value, target } };
  });
  return JSON.stringify({ format: FORMAT, personas: Object.fromEntries(clip.personas), cards });
}

/** Reads what `clipJson` wrote, or what pretends to be it; undefined when there is no card in it. */
export function readClip(json: string): Clip | undefined {
  let found: unknown;
  try {
    found = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isRecord(found) || found.format !== FORMAT || !Array.isArray(found.cards)) return undefined;
  const cards: ClipCard[] = [];
  for (const one of found.cards.slice(0, MAX_CARDS) as unknown[]) {
    if (!isRecord(one) || !isRecord(one.card)) continue;
    const { row, column } = one;
    if (!isPlace(row) || !isPlace(column)) continue;
    cards.push({ row, column, card: readPasted(one.card) });
  }
  if (cards.length === 0) return undefined;
  const personas = isRecord(found.personas) ? Object.entries(found.personas) : [];
  return {
    cards,
    personas: new Map(
      personas.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlace(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < MAX_AXIS;
}

function readPasted(fields: Record<string, unknown>): Card {
  const id = typeof fields.id === 'string' ? fields.id : '';
  const { due, createdAt, ...card } = cardOf(id, '', (field) =>
    Object.hasOwn(fields, field) ? cut(fields[field]) : undefined,
  );
  return {
    ...card,
    sources: card.sources.map((source) => ({
      ...source,
      title: bounded(source.title),
      ...(source.url === undefined ? {} : { url: bounded(source.url) }),
      ...(source.quote === undefined ? {} : { quote: bounded(source.quote) }),
    })),
    ...(due !== undefined && isDay(due) ? { due } : {}),
    ...(createdAt !== undefined && isMoment(createdAt) ? { createdAt } : {}),
  };
}

/** RFC 3339 with offset. */
function isMoment(text: string): boolean {
  const found =
    /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(text);
  return (
    found?.[1] !== undefined && isDay(found[1]) && !Number.isNaN(Date.parse(text.toUpperCase()))
  );
}

function cut(value: unknown): unknown {
  if (typeof value === 'string') return bounded(value);
  return Array.isArray(value) ? value.slice(0, MAX_LIST) : value;
}

/** At most as many code points as a text may have, and none of them half a pair. */
function bounded(text: string): string {
  const whole = wellFormed(text);
  if (whole.length <= MAX_TEXT) return whole;
  return [...whole.slice(0, MAX_TEXT * 2)].slice(0, MAX_TEXT).join('');
}

/**
 * Text from anywhere as a block: each line a card, each column of a spreadsheet a stage.
 * Undefined when there is nothing in it.
 */
export function clipOfText(text: string): Clip | undefined {
  const rows = withoutBullets(rowsOf(text));
  const cards = rows.flatMap((row) =>
    row
      .slice(0, MAX_AXIS)
      .map((cell, column) => ({ text: bounded(cell.trim()), column }))
      .filter((cell) => cell.text !== '')
      .map((cell) => ({
        row: 0,
        column: cell.column,
        card: { ...blankCard('', '', ''), text: cell.text },
      })),
  );
  const left = Math.min(...cards.map(({ column }) => column));
  const block = cards
    .sort((a, b) => a.column - b.column)
    .map((one) => ({ ...one, column: one.column - left }))
    .slice(0, MAX_CARDS);
  return block.length === 0 ? undefined : { cards: block, personas: new Map() };
}

/** Tab-separated rows as spreadsheets write them: a cell with a line break or a tab in it stands in quotes. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const cell = cellAt(text, at);
    rows.at(-1)?.push(cell.text);
    at = cell.end;
    if (at >= text.length) break;
    if (text[at] !== '\t') {
      rows.push([]);
      if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    }
    at += 1;
  }
  return rows;
}

function cellAt(text: string, start: number): { readonly text: string; readonly end: number } {
  if (text[start] === '"') {
    const whole = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)/y;
    whole.lastIndex = start;
    const found = whole.exec(text);
    // Words that merely begin with a quotation mark are no quoted cell.
    if (found?.[1] !== undefined && /[\t\r\n]|""/.test(found[1])) {
      return {
        text: found[1].replaceAll('""', '"').replaceAll('\r\n', '\n'),
        end: whole.lastIndex,
      };
    }
  }
  const plain = /[^\t\r\n]*/y;
  plain.lastIndex = start;
  return { text: plain.exec(text)?.[0] ?? '', end: plain.lastIndex };
}

/** A list out of a document brings its bullets or numbers along; they are no words of the cards. */
function withoutBullets(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const MARK = /^\s*(?:[•◦▪‣·*–-]|\d{1,3}[.)])(?:\s+|$)/u;
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  if (filled.length < 2 || !filled.every(([first]) => MARK.test(first ?? ''))) return rows;
  return filled.map(([first = '', ...rest]) => {
    const word = first.replace(MARK, '');
    return word === '' ? rest : [word, ...rest];
  });
}

/** Where a paste begins. Without an index, what lands in that cell goes to its end. */
export interface Anchor {
  readonly lane: string;
  readonly stage: string;
  readonly index?: number;
}

export interface Pasted {
  readonly ids: readonly string[];
  /** Whether the block was larger than the rest of the map, so that its end went into the last stage or lane. */
  readonly crowded: boolean;
}

/** A card of a block with the cell it goes to, which may be the last one left of the map. */
interface ClipPlace {
  readonly card: Card;
  readonly lane: string;
  readonly stage: string;
  readonly fits: boolean;
}

/** Where the cards of a block would go. */
export function placesOf(journey: Journey, { cards }: Clip, anchor: Anchor): readonly ClipPlace[] {
  const lanes = journey.shownLanes.get();
  const stages = journey.stages.ids.get();
  const top = lanes.indexOf(anchor.lane);
  const left = stages.indexOf(anchor.stage);
  if (top < 0 || left < 0) return [];
  return cards.map(({ row, column, card }) => ({
    card,
    lane: lanes[Math.min(top + row, lanes.length - 1)] ?? anchor.lane,
    stage: stages[Math.min(left + column, stages.length - 1)] ?? anchor.stage,
    fits: top + row < lanes.length && left + column < stages.length,
  }));
}

/** Writes a block, its upper left cell at `anchor`, as one step. Cards without an author become this person's. */
export function pasteClip(
  journey: Journey,
  clip: Clip,
  anchor: Anchor,
  by: { readonly author: string; readonly at: string },
): Pasted {
  const places = placesOf(journey, clip, anchor);
  const copies = places.map(({ card, lane, stage }) => {
    const isHere = lane === anchor.lane && stage === anchor.stage;
    const persona =
      card.persona === undefined ? undefined : personaHere(journey, clip, card.persona);
    // A text that never was a card begins as one that is typed.
    const fresh = card.id === '' ? withoutUndefined(freshFields(journey, lane)) : {};
    const written: Card = {
      ...card,
      ...fresh,
      author: card.author ?? by.author,
      createdAt: card.createdAt ?? by.at,
      ...(persona === undefined ? {} : { persona }),
    };
    return {
      card: written,
      lane,
      stage,
      ...(isHere && anchor.index !== undefined ? { index: anchor.index } : {}),
    };
  });
  return { ids: writeCopies(journey, copies), crowded: places.some(({ fits }) => !fits) };
}

/** The persona itself in its own map, in another one the persona of that name. */
function personaHere(journey: Journey, clip: Clip, id: string): string | undefined {
  const name = clip.personas.get(id);
  const here = journey.personas.get(id);
  if (here !== undefined && (name === undefined || here.name === name)) return id;
  return journey.personas.all.get().find((one) => one.name === name)?.id ?? here?.id;
}

function withoutUndefined(fields: ReturnType<typeof freshFields>): Partial<Card> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
