// A tape of a map's history, as `GET /api/maps/{id}/history/records` sends it (HIST-2): read once, kept as it came, and looked into record by
// record. Columns of numbers instead of an object a record: a long workshop has a hundred thousand.
import * as decoding from 'lib0/decoding';
import type { Shared } from './channel';

/** What became of a card, as bits that add up. */
export const TOUCH = {
  added: 1,
  changed: 2,
  moved: 4,
  removed: 8,
  commented: 16,
  /** No card, but a lane, a stage or what is said of the map as a whole. */
  frame: 32,
} as const;

export interface Touch {
  /** Bits of `TOUCH`. */
  readonly what: number;
  /** Empty where it is no card. */
  readonly card: string;
  /** The lane it lies or lay in; empty where there is none. */
  readonly lane: string;
}

/** What everyone was shown, without what no journal holds: who was connected, and the server's clock. */
export type ShownView = Omit<Shared, 'seq' | 'now'>;

export interface Tape {
  /** The first record asked for. */
  readonly from: number;
  /** The record to ask for next. */
  readonly next: number;
  /** The map's last record then. */
  readonly last: number;
  /** What was shown before the first record. */
  readonly opening: ShownView;
  readonly count: number;
  /** Numbers of the records. */
  readonly seq: Float64Array;
  /** Their times, milliseconds since 1970 UTC. */
  readonly at: Float64Array;
  /** Whose they are, by `whoOf`. */
  readonly who: Float64Array;
  readonly bytes: Uint8Array;
  /** Where update and view of each record are: begin and length by turns, a length of 0 for none. */
  readonly updates: Uint32Array;
  readonly views: Uint32Array;
  /** Where the touches of each record begin, and where the last ones end. */
  readonly touching: Uint32Array;
  /** Three numbers a touch: what, card and lane, the last two in `texts`. */
  readonly touches: Uint32Array;
  readonly texts: readonly string[];
}

/**
 * Fields of the view that changed, null for one that is gone. Of an object, and of a list that did not become shorter, it is only what
 * differs in it, for a list under its places.
 */
export type ViewChange = Readonly<Record<string, unknown>>;

export class NotATape extends Error {
  override readonly name = 'NotATape';
}

const MAGIC = 'CRN2';
const UPDATE = 1;
const VIEW = 2;
const FIRST_PARTICIPANT = 4;
const OTHERS = ['nobody', 'host', 'anyone', 'room'] as const;

/** Such as `p12`; `host`, `anyone`, `room` (a reveal), or `nobody` in particular. */
export function whoOf(code: number): string {
  return OTHERS[code] ?? `p${code - FIRST_PARTICIPANT}`;
}

export function readTape(bytes: Uint8Array): Tape {
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw new NotATape('These bytes are no tape of a map’s history.');
  const decoder = decoding.createDecoder(bytes.subarray(MAGIC.length));
  const base = MAGIC.length;
  const from = decoding.readVarUint(decoder);
  const next = decoding.readVarUint(decoder);
  const last = decoding.readVarUint(decoder);
  const opening = JSON.parse(decoding.readVarString(decoder)) as ShownView;
  const count = decoding.readVarUint(decoder);
  const [seq, at, who] = [0, 1, 2].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const updates = new Uint32Array(count * 2);
  const views = new Uint32Array(count * 2);
  const touching = new Uint32Array(count + 1);
  const touches: number[] = [];
  const texts: string[] = [];
  const text = (): number => {
    const known = decoding.readVarUint(decoder);
    if (known === texts.length) texts.push(decoding.readVarString(decoder));
    return known;
  };
  /** Passes over bytes and notes where they were. */
  const skip = (into: Uint32Array, index: number): void => {
    const length = decoding.readVarUint(decoder);
    into[index * 2] = base + decoder.pos;
    into[index * 2 + 1] = length;
    decoder.pos += length;
  };
  let number = from - 1;
  let time = 0;
  for (let index = 0; index < count; index += 1) {
    number += decoding.readVarUint(decoder);
    time += decoding.readVarUint(decoder);
    seq[index] = number;
    at[index] = time;
    who[index] = decoding.readVarUint(decoder);
    const parts = decoding.readVarUint(decoder);
    if ((parts & UPDATE) !== 0) skip(updates, index);
    if ((parts & VIEW) !== 0) skip(views, index);
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      touches.push(decoding.readVarUint(decoder), text(), text());
    }
    touching[index + 1] = touches.length / 3;
  }
  return {
    ...{ from, next, last, opening, count, seq, at, who, bytes, updates, views, touching },
    touches: Uint32Array.from(touches),
    texts,
  };
}

export function updateOf(tape: Tape, index: number): Uint8Array | undefined {
  const length = tape.updates[index * 2 + 1] ?? 0;
  const begin = tape.updates[index * 2] ?? 0;
  return length === 0 ? undefined : tape.bytes.subarray(begin, begin + length);
}

const utf8 = new TextDecoder();

/** What of the view changed, to be laid over it by `laidOver`. */
export function viewOf(tape: Tape, index: number): ViewChange | undefined {
  const length = tape.views[index * 2 + 1] ?? 0;
  if (length === 0) return undefined;
  const begin = tape.views[index * 2] ?? 0;
  const text = utf8.decode(tape.bytes.subarray(begin, begin + length));
  return JSON.parse(text) as ViewChange;
}

/** A view with what changed of it; whatever did not change stays the very same object. */
export function laidOver(view: ShownView, change: ViewChange): ShownView {
  return merged(view, change) as ShownView;
}

function merged(value: unknown, change: unknown): unknown {
  if (!isObject(change) || !(isObject(value) || Array.isArray(value))) return change;
  if (Array.isArray(value)) {
    const list: unknown[] = [...value];
    for (const [place, part] of Object.entries(change)) {
      list[Number(place)] = merged(list[Number(place)], part);
    }
    return list;
  }
  const fields = { ...value };
  for (const [field, part] of Object.entries(change)) {
    if (part === null) delete fields[field];
    else fields[field] = merged(fields[field], part);
  }
  return fields;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function touchesOf(tape: Tape, index: number): readonly Touch[] {
  const touches: Touch[] = [];
  for (let one = tape.touching[index] ?? 0; one < (tape.touching[index + 1] ?? 0); one += 1) {
    touches.push({
      what: tape.touches[one * 3] ?? 0,
      card: tape.texts[tape.touches[one * 3 + 1] ?? 0] ?? '',
      lane: tape.texts[tape.touches[one * 3 + 2] ?? 0] ?? '',
    });
  }
  return touches;
}
