// A comparison as the page shows it: each difference one row with its two sides, in sections, and the whole in one line. Pure; the
// server has found the differences (COMPARE), here they are put into words.
import type {
  CardPlace,
  Comparison,
  EntryChanges,
  FieldChange,
  GapFate,
  PainFate,
  Word,
} from '../wire/compare';

export type Kind = 'added' | 'removed' | 'moved' | 'reworded' | 'changed';

/** What one side of a row shows: nothing, plain words, or words of which some are only here. */
export type Shown = readonly Word[] | string | undefined;

export interface Row {
  readonly key: string;
  readonly kind: Kind;
  /** What it is called, where neither side says so. */
  readonly name?: string;
  readonly before: Shown;
  readonly after: Shown;
  /** Where it is: a cell. */
  readonly place?: string;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  added: 'Added',
  removed: 'Removed',
  moved: 'Moved',
  reworded: 'Reworded',
  changed: 'Changed',
};

export const GAP_WORDS: Readonly<Record<GapFate, string>> = {
  closed: 'Closed',
  narrowed: 'Narrowed',
  widened: 'Widened',
  opened: 'Opened',
};

export const PAIN_WORDS: Readonly<Record<PainFate, string>> = {
  resolved: 'Resolved',
  eased: 'Eased',
  worsened: 'Worse',
  new: 'New',
};

/** Names of fields as the panel of details has them; others as the JSON form does. */
const FIELD_WORDS: ReadonlyMap<string, string> = new Map([
  ['everyDays', 'Days between reviews'],
  ['lastReviewed', 'Last reviewed'],
  ['currentState', 'Improves on'],
  ['momentOfTruth', 'Moment of truth'],
  ['failPoint', 'Fail point'],
]);

export function fieldName(field: string): string {
  const known = FIELD_WORDS.get(field);
  if (known !== undefined) return known;
  const spaced = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A value of the JSON form in words: short, without quotes and braces where they can be spared. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(itemWords).join(', ');
  const fields = Object.entries(value as Record<string, unknown>);
  return fields.map(([name, one]) => `${fieldName(name)}: ${valueWords(one)}`).join(', ');
}

/** A source by its title, anything else by its value. */
function itemWords(item: unknown): string {
  if (typeof item === 'object' && item !== null && 'title' in item) return String(item.title);
  return valueWords(item);
}

export function placeWords({ stage, lane }: CardPlace): string {
  return `${stage.trim() || 'Unnamed stage'}, ${lane.trim() || 'unnamed lane'}`;
}

/** What only the earlier, or only the later side says, with what both say. */
function side(words: readonly Word[], kind: 'removed' | 'added'): readonly Word[] {
  return words.filter((word) => word.kind === 'same' || word.kind === kind);
}

function fieldRow(key: string, name: string | undefined, change: FieldChange): Row {
  const label = fieldName(change.field);
  return {
    key: `${key} ${change.field}`,
    kind: 'changed',
    name: name === undefined ? label : `${name} · ${label}`,
    before: valueWords(change.before),
    after: valueWords(change.after),
  };
}

/** What became of entries of one kind, whatever is said of those that were added, removed or moved. */
interface Changes<Entry, Moved> {
  readonly added: readonly Entry[];
  readonly removed: readonly Entry[];
  readonly moved: readonly Moved[];
  readonly reworded: EntryChanges['reworded'];
  readonly changed: EntryChanges['changed'];
}

interface Telling<Entry, Moved> {
  /** What something is called that has no name. */
  readonly unnamed: string;
  /** Its name, and its cell if it lies in one. */
  readonly entry: (entry: Entry) => { readonly name: string; readonly place?: string };
  readonly moved: (moved: Moved) => Pick<Row, 'before' | 'after'> & { readonly name: string };
}

function rowsOf<Entry extends { readonly id: string }, Moved extends { readonly id: string }>(
  { added, removed, moved, reworded, changed }: Changes<Entry, Moved>,
  telling: Telling<Entry, Moved>,
): readonly Row[] {
  const named = (name: string): string => (name.trim() === '' ? telling.unnamed : name);
  return [
    ...added.map((one): Row => {
      const { name, ...place } = telling.entry(one);
      return { key: `+${one.id}`, kind: 'added', ...place, before: undefined, after: named(name) };
    }),
    ...removed.map((one): Row => {
      const { name, ...place } = telling.entry(one);
      return {
        key: `-${one.id}`,
        kind: 'removed',
        ...place,
        before: named(name),
        after: undefined,
      };
    }),
    ...reworded.map(
      ({ id, words }): Row => ({
        key: `~${id}`,
        kind: 'reworded',
        before: side(words, 'removed'),
        after: side(words, 'added'),
      }),
    ),
    ...moved.map((one): Row => {
      const { name, ...sides } = telling.moved(one);
      return { key: `>${one.id}`, kind: 'moved', name: named(name), ...sides };
    }),
    ...changed.flatMap(({ id, name, fields }) =>
      fields.map((field) => fieldRow(id, named(name), field)),
    ),
  ];
}

function entryRows(of: string, changes: EntryChanges): readonly Row[] {
  return rowsOf(changes, {
    unnamed: `Unnamed ${of}`,
    entry: ({ name }) => ({ name }),
    moved: ({ name }) => ({
      name,
      before: 'elsewhere in the order',
      after: 'in another place in the order',
    }),
  });
}

function cardRows({ cards }: Comparison): readonly Row[] {
  return rowsOf(cards, {
    unnamed: 'A card without words',
    entry: ({ text, place }) => ({ name: text, place: placeWords(place) }),
    moved: ({ text, from, to }) => ({
      name: text,
      before: placeWords(from),
      after: placeWords(to),
    }),
  });
}

/** Everything that differs, in the order of the page; sections without a difference are left out. */
export function sectionsOf(comparison: Comparison): readonly Section[] {
  const all: readonly Section[] = [
    { title: 'The map', rows: comparison.map.map((change) => fieldRow('map', undefined, change)) },
    { title: 'Personas', rows: entryRows('persona', comparison.personas) },
    { title: 'Stages', rows: entryRows('stage', comparison.stages) },
    { title: 'Lanes', rows: entryRows('lane', comparison.lanes) },
    { title: 'Cards', rows: cardRows(comparison) },
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

/** How many of each kind, over all sections: "3 added, 1 removed, 2 reworded". Empty when nothing differs. */
export function countWords(sections: readonly Section[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const kinds: readonly Kind[] = ['added', 'removed', 'moved', 'reworded', 'changed'];
  return kinds
    .map((kind) => [rows.filter((row) => row.kind === kind).length, kind] as const)
    .filter(([number]) => number > 0)
    .map(([number, kind]) => `${number} ${KIND_WORDS[kind].toLowerCase()}`)
    .join(', ');
}

/** What restoring the earlier side would do to the map as it is: the differences the other way round. */
export function restoreWords(sections: readonly Section[]): readonly string[] {
  const number = (kind: Kind): number =>
    sections.flatMap(({ rows }) => rows).filter((row) => row.kind === kind).length;
  const things = (count: number): string => (count === 1 ? '1 thing' : `${count} things`);
  const said: readonly (readonly [number, string, string])[] = [
    [number('added'), 'that was added since', 'is taken away'],
    [number('removed'), 'that was removed since', 'comes back'],
    [number('moved'), 'that was moved since', 'goes back to its place'],
    [number('reworded'), 'that was reworded since', 'says again what it said'],
    [number('changed'), 'that was changed since', 'is again what it was'],
  ];
  return said
    .filter(([count]) => count > 0)
    .map(([count, what, then]) =>
      count === 1
        ? `${things(count)} ${what} ${then}`
        : `${things(count)} ${what.replace('that was', 'that were')} ${many(then)}`,
    );
}

function many(then: string): string {
  return then
    .replace(/^is /, 'are ')
    .replace(/^comes /, 'come ')
    .replace(/^goes back to its place/, 'go back to their places')
    .replace(/^says again what it said/, 'say again what they said')
    .replace('what it was', 'what they were');
}

/** "+0.75", "−1.5", "0": how a feeling shifted. */
export function shiftWords(before: number | undefined, after: number | undefined): string {
  if (before === undefined) return 'new';
  if (after === undefined) return 'gone';
  const shift = Math.round((after - before) * 100) / 100;
  if (shift === 0) return '0';
  return `${shift > 0 ? '+' : '−'}${Math.abs(shift)}`;
}

/** "−1.5", "+0.5", "0"; a dash where there is none. */
export function scoreWords(score: number | undefined): string {
  if (score === undefined) return '–';
  if (score === 0) return '0';
  return `${score > 0 ? '+' : '−'}${Math.abs(score)}`;
}
