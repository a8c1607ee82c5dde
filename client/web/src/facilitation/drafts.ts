// This person's own cards in a brainstorm: what the server has of them, with what was typed since laid over it. Saved by itself, kept in
// the browser until the server has it, sent again after a reload, and never taken away from whoever typed it: what cannot come in any
// more is set aside with the reason. Two tabs show the same; the last word typed in either counts.
// Held by whoever shows the brainstorm, for as long as the map is open; the view reads its stores and calls it with every key.

import { createStore, derivedStore, type Store } from '../sync/store';
import type { WorkshopChannel } from '../sync/workshop';
import type { ClientCommand, DraftView } from '../wire/channel';
import type { DraftShelf, KeptDraft } from './kept-drafts';
import { Pending, type Wish } from './pending';

export type Draft = DraftView;

/** What was typed and did not come in, until its writer has taken it. */
export interface LeftDraft extends Draft {
  readonly why: string;
}

/** `quiet`: nothing is written. `waiting`: until there is a connection. */
export type DraftSaving = 'quiet' | 'saved' | 'saving' | 'waiting';

/** Milliseconds of quiet after which what is typed goes out. */
export const PAUSE = 600;
/** What another tab keeps is its own to send; this long after, that tab may be gone. Milliseconds. */
export const GRACE = 1500;

const TOO_LATE = 'The brainstorm was over before this was saved.';

/** Where a draft is to be, and what it says; null: nowhere, it is dropped. */
type Wanted = Omit<Draft, 'id'> | null;

export class Drafts {
  /** In the order of writing. */
  readonly all: Store<readonly Draft[]>;
  readonly saving: Store<DraftSaving>;
  readonly #left = createStore<readonly LeftDraft[]>([]);
  readonly #pending: Pending<Wanted>;
  readonly #workshop: WorkshopChannel;
  readonly #shelf: DraftShelf;
  readonly #stops: (() => void)[];
  /** What this page last put on the shelf for a draft, or last saw another tab put there. */
  readonly #shelved = new Map<string, KeptDraft>();
  /** Drafts whose latest words are another tab's. */
  readonly #foreign = new Set<string>();
  /** The drafts as they last were, for when all of them are thrown away at once. */
  #last: Draft[] = [];
  /** When the brainstorm began that is under way; null between two, undefined until the server has told. */
  #began: number | null | undefined;

  constructor(workshop: WorkshopChannel, shelf: DraftShelf, isConnected: Store<boolean>) {
    this.#workshop = workshop;
    this.#shelf = shelf;
    this.#pending = new Pending<Wanted>({
      send: (id, wanted) => workshop.send(commandOf(id, wanted)),
      view: workshop.personal,
      shows: (id, wanted) => isSame(this.#seen(id), wanted),
      refused: (id, wanted, { why }) => {
        // What was typed since holds these words, too, and has yet to be answered.
        if (this.#pending.get(id) === undefined) this.#setAside(id, wanted, why);
      },
      pause: PAUSE,
    });
    const { wishes } = this.#pending;
    this.all = derivedStore(
      [workshop.shared, workshop.personal, wishes],
      () => this.#merged(),
      areSame,
    );
    this.saving = derivedStore([this.all, wishes, isConnected], () => {
      const isOpen = [...wishes.get().values()].some(({ at }) => at === 'sent' || at === 'waiting');
      if (isOpen) return isConnected.get() ? 'saving' : 'waiting';
      return this.all.get().every(({ text }) => isBlank(text)) ? 'quiet' : 'saved';
    });
    this.#stops = [
      wishes.subscribe(() => this.#keep()),
      workshop.shared.subscribe(() => this.#follow()),
      shelf.follow((id) => this.#hear(id)),
      this.all.subscribe(() => this.#remember()),
      () => this.#pending.stop(),
    ];
    this.#follow();
  }

  /** Texts that did not come in. */
  get left(): Store<readonly LeftDraft[]> {
    return this.#left;
  }

  get(id: string): Draft | undefined {
    return this.all.get().find((draft) => draft.id === id);
  }

  /** With each key. Without a word in it, it waits for one. */
  write({ id, lane, stage, text }: Draft): void {
    const wanted = { lane, stage, text };
    this.#foreign.delete(id);
    if (isBlank(text)) this.#pending.hold(id, wanted);
    else this.#pending.want(id, wanted);
  }

  /** The person has done with it: it goes out now, and one without a word goes away. */
  settle(id: string): void {
    if (this.#pending.get(id)?.at === 'held') this.drop(id);
    else this.#pending.flush(id);
  }

  /** The page may be going. */
  settleAll(): void {
    for (const [id, { at }] of this.#pending.wishes.get()) {
      if (at === 'waiting') this.#pending.flush(id);
    }
  }

  drop(id: string): void {
    this.#foreign.delete(id);
    this.#last = this.#last.filter((draft) => draft.id !== id);
    const wish = this.#pending.get(id);
    const isOnlyHere = wish === undefined || wish.at === 'held' || wish.at === 'waiting';
    if (this.#seen(id) === undefined && isOnlyHere && !this.#pending.isUnderWay(id)) {
      this.#pending.forget(id);
    } else this.#pending.want(id, null, 0);
  }

  /** The brainstorm ended without them: their words are their writer's all the same. */
  giveBack(why: string): void {
    for (const { id, ...wanted } of this.#last.splice(0)) this.#setAside(id, wanted, why);
  }

  /** The person has taken what was set aside. */
  takeLeft(id: string): void {
    const kept = this.#shelf.get(id);
    if (kept !== null) this.#shelf.letGo(id, kept);
    this.#left.set(this.#left.get().filter((draft) => draft.id !== id));
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #remember(): void {
    const all = this.all.get();
    if (all.length > 0) this.#last = [...all];
  }

  #seen(id: string): Draft | undefined {
    return this.#workshop.personal.get()?.drafts?.find((draft) => draft.id === id);
  }

  #merged(): readonly Draft[] {
    if (this.#workshop.shared.get()?.brainstorm === undefined) return [];
    const wishes = this.#pending.wishes.get();
    const seen = this.#workshop.personal.get()?.drafts ?? [];
    const known = seen.flatMap((draft) => {
      const wish = wishes.get(draft.id);
      if (wish === undefined) return [draft];
      return wish.value === null ? [] : [{ id: draft.id, ...wish.value }];
    });
    const fresh = [...wishes].flatMap(([id, { value }]) =>
      value === null || seen.some((draft) => draft.id === id) ? [] : [{ id, ...value }],
    );
    return [...known, ...fresh];
  }

  /** A brainstorm has begun, or is over: what was written for another one comes too late. */
  #follow(): void {
    const shared = this.#workshop.shared.get();
    if (shared === null) return;
    const began = shared.brainstorm?.began ?? null;
    if (began === this.#began) return;
    if (began !== null) this.#last = [];
    for (const [id, { value, at }] of this.#pending.wishes.get()) {
      // One that is under way will be answered.
      if (at === 'sent') continue;
      this.#pending.forget(id);
      if (at !== 'answered') this.#setAside(id, value, TOO_LATE);
    }
    this.#began = began;
    for (const [id, kept] of this.#shelf.all()) this.#adopt(id, kept);
  }

  /** Another tab keeps something, or has let it go. */
  #hear(id: string): void {
    const kept = this.#shelf.get(id);
    // Older news than what was typed here since.
    if (kept !== null && isSameKept(kept, this.#shelved.get(id))) return;
    if (kept !== null) {
      this.#adopt(id, kept);
      return;
    }
    if (this.#foreign.delete(id)) {
      this.#shelved.delete(id);
      if (this.#pending.get(id)?.at !== 'sent') this.#pending.forget(id);
    }
    this.#left.set(this.#left.get().filter((draft) => draft.id !== id));
  }

  /** Something an earlier visit, or another tab, has kept. */
  #adopt(id: string, kept: KeptDraft): void {
    if (this.#began === undefined) return;
    const { began, lane, stage, text, why } = kept;
    const wanted = text === null ? null : { lane, stage, text };
    if (why !== undefined || began !== this.#began) {
      this.#pending.forget(id);
      this.#setAside(id, wanted, why ?? TOO_LATE);
      return;
    }
    this.#foreign.add(id);
    this.#shelved.set(id, kept);
    this.#pending.want(id, wanted, GRACE);
  }

  #setAside(id: string, wanted: Wanted, why: string): void {
    const others = this.#left.get().filter((draft) => draft.id !== id);
    // Nothing is lost with a draft that was to go, or has no word in it.
    if (wanted === null || isBlank(wanted.text)) {
      const kept = this.#shelf.get(id);
      if (kept !== null) this.#shelf.letGo(id, kept);
      return;
    }
    this.#shelved.delete(id);
    this.#shelf.put(id, { began: this.#began ?? 0, ...wanted, why });
    this.#left.set([...others, { id, ...wanted, why }]);
  }

  /** What the server may not have yet is on the shelf; what it has is not. */
  #keep(): void {
    const began = this.#began;
    const wishes = this.#pending.wishes.get();
    for (const [id, kept] of this.#shelved) {
      if (isOpen(wishes.get(id))) continue;
      this.#shelved.delete(id);
      this.#foreign.delete(id);
      this.#shelf.letGo(id, kept);
    }
    if (began === undefined || began === null) return;
    for (const [id, wish] of wishes) {
      if (!isOpen(wish) || this.#foreign.has(id)) continue;
      const { lane, stage, text } = wish.value ?? { lane: '', stage: '', text: null };
      const kept = { began, lane, stage, text };
      if (isSameKept(kept, this.#shelved.get(id))) continue;
      this.#shelved.set(id, kept);
      this.#shelf.put(id, kept);
    }
  }
}

function isOpen(wish: Wish<Wanted> | undefined): boolean {
  return wish?.at === 'waiting' || wish?.at === 'sent';
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function commandOf(draft: string, wanted: Wanted): ClientCommand {
  return wanted === null ? { dropDraft: { draft } } : { writeDraft: { draft, ...wanted } };
}

function isSame(seen: Draft | undefined, wanted: Wanted): boolean {
  if (seen === undefined || wanted === null) return seen === undefined && wanted === null;
  return seen.text === wanted.text && seen.lane === wanted.lane && seen.stage === wanted.stage;
}

function areSame(a: readonly Draft[], b: readonly Draft[]): boolean {
  return a.length === b.length && a.every((one, at) => one.id === b[at]?.id && isSame(one, b[at]));
}

function isSameKept(a: KeptDraft, b: KeptDraft | undefined): boolean {
  return (
    a.began === b?.began &&
    a.lane === b.lane &&
    a.stage === b.stage &&
    a.text === b.text &&
    a.why === b.why
  );
}
