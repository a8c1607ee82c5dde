// The map as it was after any record of its history, in both directions: a document that goes forward by the real updates, and keyframes of it to
// go back to. What is asked for is exactly what is shown: `seq` is the last record that counts, and nothing after it does.
import * as Y from 'yjs';
import { createStore, type Store } from '../../sync/store';
import type { ShownView } from '../../wire/tape';
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

  constructor(reel: Reel, loadState: LoadState) {
    this.reel = reel;
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

  get keyframeBytes(): number {
    return this.#keyframes.reduce((sum, one) => sum + one.state.length, 0);
  }

  /** Goes to just after a record, forward or back, once what is needed for it is here. */
  async seek(seq: number): Promise<void> {
    const target = Math.max(0, Math.min(seq, this.reel.last));
    if (this.#tryTo(target)) return;
    await this.reel.need(target);
    if (this.#tryTo(target)) return;
    const tape = this.reel.tapeOf(target);
    if (tape === undefined) return;
    const before = tape.from - 1;
    const state = before === 0 ? new Uint8Array([0, 0]) : await this.#loadState(before);
    this.#keep({ seq: before, state, view: tape.opening });
    this.#tryTo(target);
  }

  /** The same without waiting; false when something is missing. */
  #tryTo(target: number): boolean {
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
    // Too many: every second one goes, the beginning stays.
    while (this.keyframeBytes > BUDGET && this.#keyframes.length > 2) {
      this.#keyframes = this.#keyframes.filter((_, place) => place % 2 === 0);
    }
  }

  close(): void {
    if (this.#doc !== this.stage) this.#doc.destroy();
    this.stage.destroy();
  }
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
    if (change === undefined) continue;
    const next: Record<string, unknown> = { ...now, ...change };
    for (const [field, value] of Object.entries(change)) if (value === null) delete next[field];
    now = next as unknown as ShownView;
  }
  return now;
}
