// The map as it was after any record of its history, in both directions: a document that goes forward by the real updates, and keyframes of it to
// go back to. What is asked for is exactly what is shown: `seq` is the last record that counts, and nothing after it does.
import * as Y from 'yjs';
import { createStore, type Store } from '../../sync/store';
import { laidOver, type ShownView } from '../../wire/tape';
import type { Lane } from '../entities';
import { type Journey, openJourney } from '../journey';
import { type Frame, type Reel, seqOf, updateIn, viewIn } from './reel';

export type LoadState = (seq: number) => Promise<Uint8Array>;

interface Keyframe {
  readonly seq: number;
  readonly state: Uint8Array;
  readonly view: ShownView;
}

/** Told records between two keyframes that playing leaves behind. */
const SPACING = 1000;
/** After a way of this many records to a moment, a keyframe is left shortly before it: the next step back is a short one. */
const LONG_WAY = 200;
const SHORT_OF = 60;
/** Bytes of keyframes that are kept. */
const BUDGET = 48 * 1024 * 1024;
/** What was fetched for a moment may be let go of while the rest of it comes: it is fetched again, but not for ever. */
const TURNS = 6;

const NOTHING: ShownView = {
  people: [],
  agenda: [],
  hands: [],
  parked: [],
  rounds: [],
  emotionRounds: [],
};

export class Replay {
  readonly journey: Journey;
  /** The document that was there first: what is bound to it finds the journey by it. */
  readonly stage = new Y.Doc();
  readonly reel: Reel;
  readonly #loadState: LoadState;
  readonly #view = createStore<ShownView>(NOTHING);
  readonly #seq = createStore(0);
  #doc = this.stage;
  #keyframes: Keyframe[] = [{ seq: 0, state: new Uint8Array([0, 0]), view: NOTHING }];
  #sinceKeyframe = 0;
  readonly #budget: number;

  constructor(reel: Reel, loadState: LoadState, budget = BUDGET) {
    this.reel = reel;
    this.#budget = budget;
    this.#loadState = loadState;
    this.journey = openJourney(this.stage);
  }

  /** The last record that is shown. */
  get seq(): Store<number> {
    return this.#seq;
  }

  /** What everyone was shown of the workshop then. */
  get view(): Store<ShownView> {
    return this.#view;
  }

  /** The document as it is shown; another one after each way back. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  /** The lanes that the map has at its end, wherever it is shown. */
  async lanesAtEnd(): Promise<readonly Lane[]> {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await this.#loadState(this.reel.last));
    return openJourney(doc).lanes.all.get();
  }

  /**
   * Goes to just after a record, forward or back, once what is needed for it is here. False when nobody wants to be there by then: it
   * then stays where it is.
   */
  async seek(seq: number, isWanted: () => boolean = () => true): Promise<boolean> {
    const target = Math.max(0, Math.min(seq, this.reel.last));
    for (let turn = 0; turn < TURNS; turn += 1) {
      if (this.show(target)) return true;
      await this.#bring(target);
      if (!isWanted()) return false;
    }
    throw new Error('What is needed to show this moment is let go of again and again.');
  }

  /** Brings what is missing: the records up to there, and if those before them are far, the document as they left it. */
  async #bring(target: number): Promise<void> {
    const tape = this.reel.tapeOf(target);
    if (tape === undefined) {
      await this.reel.need(target);
      return;
    }
    const before = tape.from - 1;
    const state = before === 0 ? new Uint8Array([0, 0]) : await this.#loadState(before);
    this.#keep({ seq: before, state, view: tape.opening });
  }

  /** Goes there without waiting; false when something is missing, and then it stays where it is. */
  show(target: number): boolean {
    const now = this.#seq.get();
    if (target === now) return true;
    const isHere = (seq: number): boolean =>
      seq <= target && (seq === target || this.reel.covers(seq + 1, target));
    const keyframe = this.#keyframes.findLast((one) => isHere(one.seq));
    if (isHere(now) && now >= (keyframe?.seq ?? 0)) {
      this.#forward(target);
      return true;
    }
    if (keyframe === undefined) return false;
    this.#turnTo(keyframe, target);
    return true;
  }

  /** Shows the records up to `target`, all of which are here, in one transaction. */
  #forward(target: number): void {
    const frames: Frame[] = [];
    for (const frame of this.reel.onFrom(this.#seq.get())) {
      if (seqOf(frame) > target) break;
      frames.push(frame);
    }
    apply(this.#doc, frames);
    this.#view.set(viewAfter(this.#view.get(), frames));
    this.#seq.set(target);
    this.#sinceKeyframe += frames.length;
    if (this.#sinceKeyframe >= SPACING) this.#keepNow();
  }

  #turnTo(keyframe: Keyframe, target: number): void {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, keyframe.state);
    let { view } = keyframe;
    const frames: Frame[] = [];
    for (const frame of this.reel.onFrom(keyframe.seq)) {
      if (seqOf(frame) > target) break;
      frames.push(frame);
    }
    const split = frames.length > LONG_WAY ? frames.length - SHORT_OF : 0;
    const first = frames.slice(0, split);
    if (first.length > 0) {
      apply(doc, first);
      view = viewAfter(view, first);
      const seq = seqOf(first.at(-1) as Frame);
      this.#keep({ seq, state: Y.encodeStateAsUpdate(doc), view });
    }
    const rest = frames.slice(split);
    apply(doc, rest);
    const old = this.#doc;
    this.#doc = doc;
    this.journey.turnTo(doc);
    if (old !== this.stage) old.destroy();
    this.#view.set(viewAfter(view, rest));
    this.#seq.set(target);
    this.#sinceKeyframe = 0;
  }

  #keepNow(): void {
    this.#sinceKeyframe = 0;
    const seq = this.#seq.get();
    this.#keep({ seq, state: Y.encodeStateAsUpdate(this.#doc), view: this.#view.get() });
  }

  #keep(keyframe: Keyframe): void {
    const others = this.#keyframes.filter((one) => one.seq !== keyframe.seq);
    this.#keyframes = [...others, keyframe].sort((a, b) => a.seq - b.seq);
    // Too many: every second one goes. The beginning stays, and this one: somebody waits for it.
    let spare = others.filter(({ seq }) => seq !== 0);
    while (bytesOf(this.#keyframes) > this.#budget && spare.length > 0) {
      const dropped = new Set(spare.filter((_, place) => place % 2 === 0));
      spare = spare.filter((one) => !dropped.has(one));
      this.#keyframes = this.#keyframes.filter((one) => !dropped.has(one));
    }
  }
}

function bytesOf(keyframes: readonly Keyframe[]): number {
  return keyframes.reduce((sum, { state }) => sum + state.length, 0);
}

function apply(doc: Y.Doc, frames: readonly Frame[]): void {
  if (frames.length === 0) return;
  doc.transact(() => {
    for (const frame of frames) {
      const update = updateIn(frame);
      if (update !== undefined) Y.applyUpdate(doc, update);
    }
  }, 'replay');
}

function viewAfter(view: ShownView, frames: readonly Frame[]): ShownView {
  let now = view;
  for (const frame of frames) {
    const change = viewIn(frame);
    if (change !== undefined) now = laidOver(now, change);
  }
  return now;
}
