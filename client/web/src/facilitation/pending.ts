// What a person wants of the server, by key, until the server's view shows it: a draft's words, the feeling for a stage. The newest wish
// of a key counts, and goes out after a short pause or at once when asked; only one of a key is under way at a time, so that a later
// word never overtakes an earlier one. A wish that was carried out still counts until the next view, so that nothing flickers back.
// Used by `drafts.ts` and `feelings.ts`; it knows neither of them, and reads no view itself.
import { createStore, type Store, type WritableStore } from '../sync/store';
import { CommandRefused } from '../sync/workshop';

export interface Wish<V> {
  readonly value: V;
  /** `held`: not to be sent yet. `waiting`: soon. `sent`: not answered yet. `answered`: done, and not in view yet. */
  readonly at: 'held' | 'waiting' | 'sent' | 'answered';
}

export interface PendingOptions<V> {
  /** Resolves when the server has done it; rejects with `CommandRefused`. */
  send(key: string, value: V): Promise<unknown>;
  /** The server's view: told anew whenever it may show more. */
  readonly view: Store<unknown>;
  /** Whether the view shows this already. */
  shows(key: string, value: V): boolean;
  refused(key: string, value: V, why: CommandRefused): void;
  /** Milliseconds of quiet before a wish goes out by itself. */
  readonly pause: number;
}

/** A view that came before the answer to what it shows may be the last one for long. Milliseconds. */
const PATIENCE = 2000;

export class Pending<V> {
  readonly #options: PendingOptions<V>;
  readonly #wishes: WritableStore<ReadonlyMap<string, Wish<V>>> = createStore<
    ReadonlyMap<string, Wish<V>>
  >(new Map());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #underWay = new Set<string>();
  readonly #stop: () => void;
  #stopped = false;

  constructor(options: PendingOptions<V>) {
    this.#options = options;
    this.#stop = options.view.subscribe(() => this.#see());
  }

  get wishes(): Store<ReadonlyMap<string, Wish<V>>> {
    return this.#wishes;
  }

  get(key: string): Wish<V> | undefined {
    return this.#wishes.get().get(key);
  }

  /** Whether something of this key is sent and not answered, be it an older wish. */
  isUnderWay(key: string): boolean {
    return this.#underWay.has(key);
  }

  /** Goes out after `pause`. */
  want(key: string, value: V, pause: number = this.#options.pause): void {
    this.#put(key, { value, at: 'waiting' });
    this.#later(key, () => this.flush(key), pause);
  }

  /** Counts here, and goes out only with the next wish for the key. */
  hold(key: string, value: V): void {
    this.#put(key, { value, at: 'held' });
    this.#clear(key);
  }

  /** Sends what waits, now. */
  flush(key: string): void {
    this.#clear(key);
    const wish = this.get(key);
    if (this.#stopped || wish?.at !== 'waiting' || this.#underWay.has(key)) return;
    void this.#send(key, wish.value);
  }

  forget(key: string): void {
    this.#clear(key);
    this.#put(key, undefined);
  }

  stop(): void {
    this.#stopped = true;
    this.#stop();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async #send(key: string, value: V): Promise<void> {
    this.#underWay.add(key);
    this.#put(key, { value, at: 'sent' });
    let refusal: CommandRefused | undefined;
    try {
      await this.#options.send(key, value);
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      refusal = error;
    }
    this.#underWay.delete(key);
    if (this.#stopped) return;
    const wish = this.get(key);
    const isSame = wish?.at === 'sent';
    if (refusal !== undefined && refusal.rule === '') {
      // The connection ended before the answer: nobody refused anything.
      if (isSame) this.#put(key, { value, at: 'waiting' });
      return;
    }
    if (isSame) {
      if (refusal !== undefined || this.#options.shows(key, value)) this.#put(key, undefined);
      else this.#answer(key, value);
    }
    if (refusal !== undefined) this.#options.refused(key, value, refusal);
    // A newer wish has waited for this one; one that still pauses comes by itself.
    if (this.get(key)?.at === 'waiting' && !this.#timers.has(key)) this.flush(key);
  }

  #answer(key: string, value: V): void {
    this.#put(key, { value, at: 'answered' });
    this.#later(
      key,
      () => {
        if (this.get(key)?.at === 'answered') this.forget(key);
      },
      PATIENCE,
    );
  }

  /** Whatever view comes after an answer shows what was answered, or what came after it. */
  #see(): void {
    for (const [key, wish] of this.#wishes.get()) {
      if (wish.at === 'answered') this.forget(key);
    }
  }

  #later(key: string, what: () => void, pause: number): void {
    this.#clear(key);
    this.#timers.set(key, setTimeout(what, pause));
  }

  #clear(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  #put(key: string, wish: Wish<V> | undefined): void {
    const next = new Map(this.#wishes.get());
    if (wish === undefined) next.delete(key);
    else next.set(key, wish);
    this.#wishes.set(next);
  }
}
