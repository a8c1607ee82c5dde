// The tapes of one map's history that are here, in order, and the way to more of them. Knows where each record is; plays nothing.
import {
  type Tape,
  type Touch,
  touchesOf,
  updateOf,
  type ViewChange,
  viewOf,
  whoOf,
} from '../../wire/tape';

export type LoadTape = (from: number, to: number) => Promise<Tape>;

/** One told record. */
export interface Frame {
  readonly tape: Tape;
  readonly index: number;
}

/** How far ahead of a record that is jumped to one begins to load: so far back one steps without waiting. */
const LEAD = 400;
/** Nearer than this to what is here, what lies between is loaded, too. */
const NEAR = 4000;
/** Bytes of tapes that are kept. */
const BUDGET = 64 * 1024 * 1024;

export class Reel {
  /** The map's last record, as far as is known. */
  last: number;
  #tapes: Tape[] = [];
  readonly #load: LoadTape;
  readonly #coming = new Map<number, Promise<void>>();

  constructor(last: number, load: LoadTape) {
    this.last = last;
    this.#load = load;
  }

  get bytes(): number {
    return this.#tapes.reduce((sum, tape) => sum + tape.bytes.length, 0);
  }

  /** The tape that tells of a record, be it a told one or not. */
  tapeOf(seq: number): Tape | undefined {
    const tape = this.#tapes[this.#placeOf(seq)];
    return tape !== undefined && seq < tape.next ? tape : undefined;
  }

  /** Whether all records between these two are here, both included. */
  covers(from: number, to: number): boolean {
    for (let seq = from; seq <= to; ) {
      const tape = this.tapeOf(seq);
      if (tape === undefined) return false;
      seq = tape.next;
    }
    return true;
  }

  /** Where what is here from `seq` on ends: the first record that is not. */
  endOf(seq: number): number {
    let end = seq;
    for (let tape = this.tapeOf(end); tape !== undefined; tape = this.tapeOf(end)) end = tape.next;
    return end;
  }

  /** The first told record after `seq`; undefined when there is none here. */
  after(seq: number): Frame | undefined {
    for (let tape = this.tapeOf(seq + 1); tape !== undefined; tape = this.tapeOf(tape.next)) {
      const index = firstAbove(tape, seq);
      if (index < tape.count) return { tape, index };
    }
    return undefined;
  }

  /** The last told record at or before `seq`; undefined when there is none here. */
  upTo(seq: number): Frame | undefined {
    for (let tape = this.tapeOf(seq); tape !== undefined; tape = this.tapeOf(tape.from - 1)) {
      const index = firstAbove(tape, seq) - 1;
      if (index >= 0) return { tape, index };
    }
    return undefined;
  }

  /** Told records from the one at or before `seq` backwards. */
  *backFrom(seq: number): Generator<Frame> {
    for (let frame = this.upTo(seq); frame !== undefined; frame = this.upTo(seqOf(frame) - 1)) {
      yield frame;
    }
  }

  /** Told records after `seq`, as far as they are here. */
  *onFrom(seq: number): Generator<Frame> {
    for (let tape = this.tapeOf(seq + 1); tape !== undefined; tape = this.tapeOf(tape.next)) {
      for (let index = firstAbove(tape, seq); index < tape.count; index += 1) yield { tape, index };
    }
  }

  /** Makes sure that a record is here. */
  async need(seq: number): Promise<void> {
    while (seq <= this.last && this.tapeOf(seq) === undefined) {
      const { from, to } = this.#gapAt(seq);
      // One request for everybody who waits for the same.
      let coming = this.#coming.get(from);
      if (coming === undefined) {
        coming = this.#fetch(from, to).finally(() => this.#coming.delete(from));
        this.#coming.set(from, coming);
      }
      await coming;
    }
  }

  /** Lets go of what is farthest from `seq` when there is too much. */
  trim(seq: number, budget = BUDGET): void {
    while (this.bytes > budget && this.#tapes.length > 1) {
      const far = (tape: Tape): number => Math.max(tape.from - seq, seq - tape.next, 0);
      const [farthest] = this.#tapes.toSorted((a, b) => far(b) - far(a));
      this.#tapes = this.#tapes.filter((tape) => tape !== farthest);
    }
  }

  async #fetch(from: number, to: number): Promise<void> {
    const tape = await this.#load(from, to);
    this.last = Math.max(this.last, tape.last);
    if (tape.next <= tape.from) throw new Error('A tape without an end.');
    if (this.tapeOf(tape.from) !== undefined) return;
    this.#tapes = [...this.#tapes, tape].sort((a, b) => a.from - b.from);
  }

  /** What to ask for to have `seq`: from what is here before it, if that is near, to what is here behind it. */
  #gapAt(seq: number): { readonly from: number; readonly to: number } {
    const place = this.#placeOf(seq);
    const begin = this.#tapes[place]?.next ?? 1;
    const end = (this.#tapes[place + 1]?.from ?? this.last + 1) - 1;
    return { from: seq - begin < NEAR ? begin : Math.max(begin, seq - LEAD), to: end };
  }

  /** The place of the last tape that begins at or before `seq`; −1 for none. */
  #placeOf(seq: number): number {
    return this.#tapes.findLastIndex((tape) => tape.from <= seq);
  }
}

/** The place of a tape's first record with a number above `seq`. */
function firstAbove(tape: Tape, seq: number): number {
  let low = 0;
  let high = tape.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tape.seq[middle] ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function seqOf({ tape, index }: Frame): number {
  return tape.seq[index] ?? 0;
}

export function atOf({ tape, index }: Frame): number {
  return tape.at[index] ?? 0;
}

export function authorOf({ tape, index }: Frame): string {
  return whoOf(tape.who[index] ?? 0);
}

export function touchesIn({ tape, index }: Frame): readonly Touch[] {
  return touchesOf(tape, index);
}

export function updateIn({ tape, index }: Frame): Uint8Array | undefined {
  return updateOf(tape, index);
}

export function viewIn({ tape, index }: Frame): ViewChange | undefined {
  return viewOf(tape, index);
}
