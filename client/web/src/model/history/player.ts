// Plays a history: holds the moment, moves it on while time passes, fetches what comes next, and says what it waits for. The page gives it the
// time between two pictures; it reads no clock.
import { createStore, type Store } from '../../sync/store';
import { EVERYTHING, nextWanted, previousWanted, type Wanted } from './changes';
import { type Passing, type Speed, timeAfter } from './playing';
import { atOf, seqOf } from './reel';
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
/** Tapes looked at for a time; each leaves fewer, but where nothing was told it may take many. */
const TURNS = 400;

/** Which record to go to, found out once what it takes is here. */
type Find = () => number | Promise<number>;

interface Failed {
  readonly find: Find;
  readonly time: number | undefined;
  readonly wasPlaying: boolean;
}

export class Player {
  readonly replay: Replay;
  readonly #state;
  /** Counts what was asked for: an answer to an older question moves nothing. */
  #asked = 0;
  #isFetching = false;
  /** Somebody is on the way to another moment: no time passes meanwhile. */
  #isGoing = false;
  /** Where one wanted to be and did not come. */
  #failed: Failed | undefined;
  /** Counts the ways somebody asked for themselves: a step goes on from the one it was pressed on, and is forgotten with it. */
  #led = 0;
  /** That way, and the steps that wait for it. */
  #going: Promise<boolean> = Promise.resolve(true);
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
    if (this.isAtEnd && !(await this.seek(1))) return;
    this.#failed = undefined;
    this.#change({ isPlaying: true, trouble: undefined });
  }

  /** Asks again for what did not come, and plays on if it was played. */
  async tryAgain(): Promise<void> {
    const failed = this.#failed;
    if (failed === undefined) return;
    const hasArrived = await this.#lead(failed.find, failed.time);
    if (hasArrived && failed.wasPlaying) this.#change({ isPlaying: true });
  }

  /** Lets so many milliseconds of the person's own time pass. */
  pass(real: number): void {
    const { isPlaying, time, wanted } = this.#state.get();
    if (!isPlaying || this.#isGoing) return;
    const { replay } = this;
    const { reel } = replay;
    const seq = replay.seq.get();
    const end = reel.endOf(seq + 1);
    this.#fetchAhead(seq, end);
    const next = nextWanted(reel, seq, wanted);
    if (next === undefined) {
      this.#skipFrom(end);
      return;
    }
    const then = timeAfter(time, real, atOf(next), this.#state.get());
    const target = this.#lastBefore(seq, then);
    try {
      replay.show(target);
    } catch (trouble) {
      this.#fail({ find: () => target, time: then, wasPlaying: true }, trouble);
      return;
    }
    this.#change({ time: then });
    if (this.isAtEnd) this.pause();
  }

  /** Nothing wanted up to there: what is farther on may have it. */
  #skipFrom(end: number): void {
    const { reel } = this.replay;
    if (end > reel.last) {
      this.pause();
      void this.#go(() => reel.last);
      return;
    }
    void this.#go(async () => {
      await reel.need(end);
      return end - 1;
    });
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

  /** Shows the moment just after a record. Says whether it is shown now: it may not come, and another one may be asked for first. */
  seek(seq: number): Promise<boolean> {
    return this.#lead(() => Math.max(1, Math.min(seq, this.replay.reel.last)));
  }

  /** Shows a time: what was told by then, and the clocks as they stood. `about` is a guess at the record. */
  seekTime(time: number, about: number): Promise<boolean> {
    return this.#lead(() => this.#find(time, about), time);
  }

  #lead(find: Find, time?: number): Promise<boolean> {
    this.#led += 1;
    this.#steps = Promise.resolve();
    this.#going = this.#go(find, time);
    return this.#going;
  }

  /** The one way to another moment, at this time or that of its record. Whoever asks for another one meanwhile overtakes it. */
  async #go(find: Find, time?: number): Promise<boolean> {
    this.#asked += 1;
    const asked = this.#asked;
    const isWanted = (): boolean => asked === this.#asked;
    this.#isGoing = true;
    const late = setTimeout(() => {
      if (isWanted()) this.#change({ isWaiting: true });
    }, 120);
    try {
      const seq = await find();
      if (!isWanted() || !(await this.replay.seek(seq, isWanted))) return false;
      this.replay.reel.trim(seq);
      this.#failed = undefined;
      this.#change({ time: time ?? this.#timeAt(seq), trouble: undefined });
      return true;
    } catch (trouble) {
      if (!isWanted()) return false;
      const again = this.#failed?.find === find ? this.#failed : undefined;
      const wasPlaying = this.#state.get().isPlaying || again?.wasPlaying === true;
      this.#fail({ find, time, wasPlaying }, trouble);
      return false;
    } finally {
      clearTimeout(late);
      if (isWanted()) {
        this.#isGoing = false;
        this.#change({ isWaiting: false });
      }
    }
  }

  #fail(failed: Failed, trouble: unknown): void {
    this.#failed = failed;
    this.#change({ isPlaying: false, trouble });
  }

  /** The last record at or before a time. `about` is a guess; records are as many bytes as they are, not as much time. */
  async #find(time: number, about: number): Promise<number> {
    const { reel } = this.replay;
    let low = 1;
    let high = reel.last;
    let guess = Math.max(low, Math.min(about, high));
    for (let turn = 0; turn < TURNS && low <= high; turn += 1) {
      await reel.need(guess);
      const tape = reel.tapeOf(guess);
      if (tape === undefined) break;
      const first = tape.at[0];
      const last = tape.at[tape.count - 1];
      if (first === undefined || last === undefined) {
        // Nothing was told there, so it says nothing of the time: what lies before it does.
        if (tape.from > low) {
          guess = tape.from - 1;
          continue;
        }
        low = tape.next;
      } else if (first > time) high = tape.from - 1;
      else if (last <= time) low = tape.next;
      else return this.#lastIn(tape.from - 1, time);
      guess = high - low > 2000 ? (low + high) >> 1 : Math.max(low, Math.min(high, guess));
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
    // From where one will be: keys are quicker than what they wait for. Whoever is sent elsewhere meanwhile stays there.
    const led = this.#led;
    const before = Promise.all([this.#steps, this.#going]);
    this.#steps = before.then(async () => {
      if (led !== this.#led) return;
      const from = this.replay.seq.get();
      await this.#go(() => this.#stepFrom(from, by));
    });
    return this.#steps;
  }

  async #stepFrom(from: number, by: 1 | -1): Promise<number> {
    const { reel } = this.replay;
    const { wanted } = this.#state.get();
    const find = by === 1 ? nextWanted : previousWanted;
    for (;;) {
      const found = find(reel, from, wanted);
      if (found !== undefined) return seqOf(found);
      const missing = by === 1 ? reel.endOf(from + 1) : this.#beginOf(from) - 1;
      if (missing < 1) return 1;
      if (missing > reel.last) return reel.last;
      await reel.need(missing);
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
