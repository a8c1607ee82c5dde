// Plays a history: holds the moment, moves it on while time passes, fetches what comes next, and says what it waits for. The page gives it the
// time between two pictures; it reads no clock.
import { createStore, type Store } from '../../sync/store';
import { EVERYTHING, nextWanted, previousWanted, type Wanted } from './changes';
import { type Passing, type Speed, timeAfter } from './playing';
import { atOf, type Frame, seqOf } from './reel';
import type { Replay } from './replay';

export interface PlayerState extends Passing {
  /** The time of the history that is shown, milliseconds since 1970 UTC. */
  readonly time: number;
  readonly isPlaying: boolean;
  /** Something that comes next is not here yet. */
  readonly isWaiting: boolean;
  /** Why what was asked for did not come. */
  readonly trouble: unknown;
  readonly wanted: Wanted;
  /** Whether the map is moved to where something changes. */
  readonly follows: boolean;
}

/** Records ahead of the moment that are fetched while there is time. */
const AHEAD = 12_000;

export class Player {
  readonly replay: Replay;
  readonly #state;
  /** Counts what was asked for: an answer to an older question moves nothing. */
  #asked = 0;
  #isFetching = false;
  /** The way to a moment that is under way, and the steps that wait for it. */
  #going: Promise<void> = Promise.resolve();
  #steps: Promise<void> = Promise.resolve();

  constructor(replay: Replay, time: number) {
    this.replay = replay;
    this.#state = createStore<PlayerState>({
      time,
      speed: 1,
      skipsSilence: true,
      isPlaying: false,
      isWaiting: false,
      trouble: undefined,
      wanted: EVERYTHING,
      follows: true,
    });
  }

  get state(): Store<PlayerState> {
    return this.#state;
  }

  get isAtEnd(): boolean {
    return this.replay.seq.get() >= this.replay.reel.last;
  }

  setSpeed(speed: Speed): void {
    this.#change({ speed });
  }

  setSkipsSilence(skipsSilence: boolean): void {
    this.#change({ skipsSilence });
  }

  setFollows(follows: boolean): void {
    this.#change({ follows });
  }

  setWanted(wanted: Wanted): void {
    this.#change({ wanted });
  }

  pause(): void {
    this.#change({ isPlaying: false });
  }

  async play(): Promise<void> {
    if (this.isAtEnd) await this.seek(1);
    this.#change({ isPlaying: true, trouble: undefined });
  }

  /** Lets so many milliseconds of the person's own time pass. */
  pass(real: number): void {
    const { isPlaying, isWaiting, time, wanted } = this.#state.get();
    if (!isPlaying || isWaiting) return;
    const { replay } = this;
    const { reel } = replay;
    const seq = replay.seq.get();
    const end = reel.endOf(seq + 1);
    this.#fetchAhead(seq, end);
    const next = nextWanted(reel, seq, wanted);
    if (next === undefined && end <= reel.last) {
      // Nothing wanted here: what is farther on may have it.
      void this.#skipTo(end - 1);
      return;
    }
    if (next === undefined) {
      void this.#skipTo(reel.last);
      this.pause();
      return;
    }
    const then = timeAfter(time, real, atOf(next), this.#state.get());
    void replay.seek(this.#lastBefore(seq, then));
    this.#change({ time: then });
    if (this.isAtEnd) this.pause();
  }

  /** The last record told by then, as far as it is here; at the end of a history, its last one. */
  #lastBefore(seq: number, time: number): number {
    const { reel } = this.replay;
    let last = seq;
    for (const frame of reel.onFrom(seq)) {
      if (atOf(frame) > time) return last;
      last = seqOf(frame);
    }
    return reel.endOf(seq + 1) > reel.last ? reel.last : last;
  }

  async #skipTo(seq: number): Promise<void> {
    const here = this.#state.get().isPlaying;
    this.#change({ isWaiting: true });
    try {
      await this.replay.reel.need(Math.min(seq + 1, this.replay.reel.last));
      await this.replay.seek(seq);
      this.#change({ isWaiting: false, time: this.#timeAt(seq) });
    } catch (trouble) {
      this.#change({ isWaiting: false, isPlaying: false, trouble });
    }
    if (!here) this.pause();
  }

  #fetchAhead(seq: number, end: number): void {
    const { reel } = this.replay;
    if (this.#isFetching || end > reel.last || end - seq > AHEAD) return;
    this.#isFetching = true;
    const done = (): void => {
      this.#isFetching = false;
    };
    // If it does not come, it is asked for again when it is needed, and that says so.
    reel.need(end).then(done, done);
    reel.trim(seq);
  }

  /** Shows the moment just after a record. */
  seek(seq: number): Promise<void> {
    this.#going = this.#seek(seq);
    return this.#going;
  }

  async #seek(seq: number): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const bounded = Math.max(1, Math.min(seq, this.replay.reel.last));
    const late = setTimeout(() => this.#change({ isWaiting: true }), 120);
    try {
      await this.replay.reel.need(bounded);
      if (asked !== this.#asked) return;
      await this.replay.seek(bounded);
      if (asked !== this.#asked) return;
      this.replay.reel.trim(bounded);
      this.#change({ time: this.#timeAt(bounded), trouble: undefined });
    } catch (trouble) {
      if (asked === this.#asked) this.#change({ isPlaying: false, trouble });
    } finally {
      clearTimeout(late);
      if (asked === this.#asked) this.#change({ isWaiting: false });
    }
  }

  /** Shows a time: what was told by then, and the clocks as they stood. */
  seekTime(time: number, about: number): Promise<void> {
    this.#going = this.#seekTime(time, about);
    return this.#going;
  }

  async #seekTime(time: number, about: number): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const late = setTimeout(() => this.#change({ isWaiting: true }), 120);
    try {
      const seq = await this.#find(time, about);
      if (asked !== this.#asked) return;
      await this.replay.seek(seq);
      if (asked !== this.#asked) return;
      this.replay.reel.trim(seq);
      this.#change({ time, trouble: undefined });
    } catch (trouble) {
      if (asked === this.#asked) this.#change({ isPlaying: false, trouble });
    } finally {
      clearTimeout(late);
      if (asked === this.#asked) this.#change({ isWaiting: false });
    }
  }

  /** The last record at or before a time. `about` is a guess; records are as many bytes as they are, not as much time. */
  async #find(time: number, about: number): Promise<number> {
    const { reel } = this.replay;
    let low = 1;
    let high = reel.last;
    let guess = Math.max(low, Math.min(about, high));
    for (let turn = 0; turn < 40 && low <= high; turn += 1) {
      await reel.need(guess);
      const tape = reel.tapeOf(guess);
      if (tape === undefined) break;
      const first = tape.at[0];
      const last = tape.at[tape.count - 1];
      if (first !== undefined && first > time) high = tape.from - 1;
      else if (last !== undefined && last <= time) low = tape.next;
      else if (first !== undefined) return this.#lastIn(tape.from - 1, time);
      else low = tape.next;
      guess = high - low > 2000 ? (low + high) >> 1 : Math.max(low, Math.min(high, guess));
      if (high < low) break;
    }
    return Math.max(1, high);
  }

  #lastIn(before: number, time: number): number {
    let last = Math.max(before, 1);
    for (const frame of this.replay.reel.onFrom(before)) {
      if (atOf(frame) > time) break;
      last = seqOf(frame);
    }
    return last;
  }

  /** One told record on or back, of those that are wanted. */
  step(by: 1 | -1): Promise<void> {
    this.pause();
    // From where one will be: keys are quicker than what they wait for.
    const before = Promise.all([this.#steps, this.#going]);
    this.#steps = before.then(() => this.#step(by));
    return this.#steps;
  }

  async #step(by: 1 | -1): Promise<void> {
    const { reel, seq } = this.replay;
    const { wanted } = this.#state.get();
    const from = seq.get();
    for (;;) {
      const find = by === 1 ? nextWanted : previousWanted;
      const found: Frame | undefined = find(reel, from, wanted);
      if (found !== undefined) return this.seek(seqOf(found));
      const missing = by === 1 ? reel.endOf(from + 1) : this.#beginOf(from) - 1;
      if (missing < 1) return this.seek(1);
      if (missing > reel.last) return this.seek(reel.last);
      try {
        await reel.need(missing);
      } catch (trouble) {
        this.#change({ trouble });
        return;
      }
      if (reel.tapeOf(missing) === undefined) return;
    }
  }

  /** Where what is here before `seq` begins. */
  #beginOf(seq: number): number {
    const { reel } = this.replay;
    let begin = Math.max(seq, 1);
    for (let tape = reel.tapeOf(begin); tape !== undefined; tape = reel.tapeOf(begin - 1)) {
      begin = tape.from;
      if (begin === 1) break;
    }
    return begin;
  }

  #timeAt(seq: number): number {
    const frame = this.replay.reel.upTo(seq) ?? this.replay.reel.after(seq);
    return frame === undefined ? this.#state.get().time : atOf(frame);
  }

  #change(part: Partial<PlayerState>): void {
    this.#state.set({ ...this.#state.get(), ...part });
  }
}
