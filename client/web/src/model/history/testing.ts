// For tests only: a history written down as the server writes it, with the document it is of.
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { readTape, type Tape } from '../../wire/tape';
import { type LoadTape, Reel } from './reel';
import { type LoadState, Replay } from './replay';

export interface Written {
  readonly seq: number;
  readonly at: number;
  /** As in `whoOf`: 5 is `p1`. */
  readonly who: number;
  readonly update?: Uint8Array;
  readonly view?: Record<string, unknown>;
  readonly touches?: readonly (readonly [what: number, card: string, lane: string])[];
}

/** The bytes of a tape with these records, as SPEC.md lays it out. */
export function tapeBytes(
  from: number,
  next: number,
  last: number,
  opening: Record<string, unknown>,
  records: readonly Written[],
): Uint8Array {
  const out = encoding.createEncoder();
  for (const letter of 'CRN2') encoding.writeUint8(out, letter.charCodeAt(0));
  encoding.writeVarUint(out, from);
  encoding.writeVarUint(out, next);
  encoding.writeVarUint(out, last);
  encoding.writeVarString(out, JSON.stringify(opening));
  encoding.writeVarUint(out, records.length);
  const texts = new Map<string, number>();
  const text = (words: string): void => {
    const known = texts.get(words);
    encoding.writeVarUint(out, known ?? texts.size);
    if (known !== undefined) return;
    texts.set(words, texts.size);
    encoding.writeVarString(out, words);
  };
  let seq = from - 1;
  let at = 0;
  for (const record of records) {
    encoding.writeVarUint(out, record.seq - seq);
    encoding.writeVarUint(out, record.at - at);
    encoding.writeVarUint(out, record.who);
    const parts = (record.update === undefined ? 0 : 1) | (record.view === undefined ? 0 : 2);
    encoding.writeVarUint(out, parts);
    if (record.update !== undefined) encoding.writeVarUint8Array(out, record.update);
    if (record.view !== undefined) encoding.writeVarString(out, JSON.stringify(record.view));
    encoding.writeVarUint(out, record.touches?.length ?? 0);
    for (const [what, card, lane] of record.touches ?? []) {
      encoding.writeVarUint(out, what);
      text(card);
      text(lane);
    }
    ({ seq, at } = record);
  }
  return encoding.toUint8Array(out);
}

export interface Past {
  readonly last: number;
  readonly records: readonly Written[];
  readonly loadTape: LoadTape;
  readonly loadState: LoadState;
  /** What was asked for, in order. */
  readonly asked: string[];
  /** The JSON of the document after a record. */
  contentAt(seq: number): unknown;
}

/** The same past with many records in between that show nothing, in tapes of their own. */
export function silentBetween(of: Past, after: number, many: number): Past {
  const lies = (seq: number): number => (seq > after ? seq + many : seq);
  const last = lies(of.last);
  const records = of.records.map((one) => ({ ...one, seq: lies(one.seq) }));
  return {
    ...of,
    last,
    records,
    loadTape: async (from, to) => {
      const end = Math.min(to, from <= after ? after : from + 99, last);
      const told = records.filter(({ seq }) => seq >= from && seq <= end);
      return readTape(tapeBytes(from, end + 1, last, EMPTY, told));
    },
    loadState: async (seq) => of.loadState(seq > after ? Math.max(after, seq - many) : seq),
  };
}

const EMPTY = { people: [], agenda: [], hands: [], parked: [], rounds: [], emotionRounds: [] };

/** `edits` changes of one document, one a second, every seventh number left out as a vote is; every tenth moves the workshop on, too. */
export function past(edits: number, most = 50): Past {
  const doc = new Y.Doc();
  const records: Written[] = [];
  let update: Uint8Array | undefined;
  doc.on('update', (bytes: Uint8Array) => {
    update = bytes;
  });
  const cards = doc.getMap<Y.Map<unknown>>('cards');
  let seq = 0;
  for (let edit = 0; edit < edits; edit += 1) {
    seq += seq % 7 === 6 ? 2 : 1;
    const id = `c${edit % 9}`;
    doc.transact(() => {
      const card = cards.get(id);
      if (card === undefined) {
        const made = new Y.Map<unknown>();
        made.set('text', new Y.Text(`Card ${id}`));
        made.set('lane', `l${edit % 2}`);
        made.set('stage', 's');
        made.set('order', `a${edit}`);
        cards.set(id, made);
      } else if (edit % 23 === 22) cards.delete(id);
      else (card.get('text') as Y.Text).insert(0, `${edit} `);
    });
    const view = edit % 10 === 9 ? { hands: [`p${edit}`] } : undefined;
    records.push({
      seq,
      at: 1_000_000 + edit * 1000,
      who: 5 + (edit % 3),
      touches: [[2, id, `l${edit % 2}`]],
      ...(update === undefined ? {} : { update }),
      ...(view === undefined ? {} : { view }),
    });
  }
  const last = seq;
  const asked: string[] = [];
  const viewBefore = (from: number): Record<string, unknown> => {
    const earlier = records.filter((one) => one.seq < from);
    return Object.assign({ ...EMPTY }, ...earlier.map(({ view }) => view));
  };
  const loadTape = async (from: number, to: number): Promise<Tape> => {
    asked.push(`${from}-${to}`);
    const wanted = records.filter((one) => one.seq >= from && one.seq <= to).slice(0, most);
    const end = wanted.length === most ? (wanted.at(-1)?.seq ?? to) : Math.min(to, last);
    return readTape(tapeBytes(from, end + 1, last, viewBefore(from), wanted));
  };
  const loadState = async (at: number): Promise<Uint8Array> => {
    asked.push(`state ${at}`);
    const then = new Y.Doc();
    for (const one of records) {
      if (one.seq <= at && one.update !== undefined) Y.applyUpdate(then, one.update);
    }
    return Y.encodeStateAsUpdate(then);
  };
  return {
    ...{ last, records, loadTape, loadState, asked },
    contentAt(at) {
      const then = new Y.Doc();
      for (const one of records) {
        if (one.seq <= at && one.update !== undefined) Y.applyUpdate(then, one.update);
      }
      return { cards: then.getMap('cards').toJSON(), hands: viewBefore(at + 1).hands };
    },
  };
}

export function replayOf({ last, loadTape, loadState }: Past): Replay {
  return new Replay(new Reel(last, loadTape), loadState);
}

/** What is told of a moment, to be compared with `contentAt`. */
export function shown(replay: Replay): unknown {
  return { cards: replay.doc.getMap('cards').toJSON(), hands: replay.view.get().hands };
}
