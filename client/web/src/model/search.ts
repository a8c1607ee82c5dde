// Finding words in a map, whatever their case and accents. Pure; called by the view's `looking/`.
// It reads snapshots and never the screen: most of a large map is not drawn.
import type { Card, Comment, Lane, Stage } from './entities';

/** Letters that are one letter to Unicode and another with a stroke to whoever types without them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};

function foldOne(letter: string): string {
  const bare = letter.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return bare.replace(/[ßæœøđðłıþ]/g, (found) => PLAIN[found] ?? found);
}

/** A text as it is compared: small letters without accents, every run of spaces one space. */
export function fold(text: string): string {
  let folded = '';
  for (const letter of text) folded += foldOne(letter);
  return folded.replace(/\s+/g, ' ');
}

/** What is looked for: nothing when there is nothing but spaces. */
export function needleOf(query: string): string {
  return fold(query).trim();
}

export interface Range {
  /** UTF-16 units, end exclusive; always between two letters. */
  readonly start: number;
  readonly end: number;
}

/** Where in `text` a needle stands, from left to right, none overlapping. */
export function rangesOf(text: string, needle: string): readonly Range[] {
  if (needle === '') return [];
  // The folded text, and for each of its units the letter of `text` it comes from.
  let folded = '';
  const from: Range[] = [];
  let start = 0;
  for (const letter of text) {
    const end = start + letter.length;
    const bare = foldOne(letter);
    const isSpace = /^\s+$/.test(bare);
    const before = from.at(-1);
    if (bare === '') {
      // An accent of its own belongs to the letter before it.
      if (before !== undefined) from[from.length - 1] = { start: before.start, end };
    } else if (!(isSpace && folded.endsWith(' '))) {
      const units = isSpace ? ' ' : bare;
      folded += units;
      for (let unit = 0; unit < units.length; unit += 1) from.push({ start, end });
    }
    start = end;
  }
  const ranges: Range[] = [];
  let at = folded.indexOf(needle);
  while (at >= 0) {
    const first = from[at];
    const last = from[at + needle.length - 1];
    if (first !== undefined && last !== undefined) {
      ranges.push({ start: first.start, end: last.end });
    }
    at = folded.indexOf(needle, at + needle.length);
  }
  return ranges;
}

/** One place of the map that has the words, however often. */
export interface Hit {
  readonly kind: 'stage' | 'lane' | 'card';
  readonly id: string;
}

/** What is looked through, in screen order. */
export interface Searched {
  readonly stages: readonly Stage[];
  readonly lanes: readonly Lane[];
  readonly cards: readonly Card[];
  readonly comments: readonly Comment[];
}

// Snapshots never change, so that what one was folded to holds for as long as it does: while somebody types in one card,
// two thousand others are not folded anew.
const foldedTexts = new WeakMap<object, string>();

/** Fields are kept apart by a sign nobody can type, so that no match runs from one into the next. */
function folded(entry: object, fields: () => readonly (string | undefined)[]): string {
  const known = foldedTexts.get(entry);
  if (known !== undefined) return known;
  const text = fields()
    .map((field) => fold(field ?? ''))
    .join('\u0000');
  foldedTexts.set(entry, text);
  return text;
}

function cardText(card: Card): string {
  return folded(card, () => [
    card.text,
    card.actual,
    card.quote,
    card.channel,
    card.owner,
    card.actor,
    ...card.sources.flatMap(({ title, url, quote }) => [title, url, quote]),
  ]);
}

/**
 * The places where `needle` stands: stages first, then lane by lane, each before its cards, those in the order of the
 * stages and within a cell in their own. A card that is in no lane and stage of these is nowhere to be found.
 */
export function hitsOf(map: Searched, needle: string): readonly Hit[] {
  if (needle === '') return [];
  const discussed = new Set(
    map.comments
      .filter((one) => folded(one, () => [one.text, one.author]).includes(needle))
      .map((one) => one.card),
  );
  const places = new Map(map.stages.map((stage, place) => [stage.id, place]));
  const byLane = new Map<string, Card[]>(map.lanes.map((lane) => [lane.id, []]));
  for (const card of map.cards) {
    if (!places.has(card.stage)) continue;
    if (cardText(card).includes(needle) || discussed.has(card.id)) {
      byLane.get(card.lane)?.push(card);
    }
  }
  const placeOf = (card: Card): number => places.get(card.stage) ?? 0;
  const hits: Hit[] = [];
  for (const stage of map.stages) {
    if (folded(stage, () => [stage.title, stage.description]).includes(needle)) {
      hits.push({ kind: 'stage', id: stage.id });
    }
  }
  for (const lane of map.lanes) {
    if (folded(lane, () => [lane.title]).includes(needle)) hits.push({ kind: 'lane', id: lane.id });
    // The sort is stable and the cards come in their order, so that it holds within a cell.
    const cards = (byLane.get(lane.id) ?? []).sort((a, b) => placeOf(a) - placeOf(b));
    for (const card of cards) hits.push({ kind: 'card', id: card.id });
  }
  return hits;
}
