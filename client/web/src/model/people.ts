// Where other people are, as one small store per card and per cell.
// Called by the view. Thirty people moving at once must not redraw the map: a card hears only of who is on it.
import type { Peer } from '../sync/presence';
import type { Store } from '../sync/store';
import { Batch, Source } from './source';
import { caretKey } from './text/caret';

/** Somebody at a place. */
export interface Visitor {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  /** The field they are typing in, if any. */
  readonly field?: string;
  /** True while they drag the card. */
  readonly dragging: boolean;
}

/** Somebody's caret in one text. */
export interface RemoteCaret {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  /** For `caretIndex`. */
  readonly caret: unknown;
  /** Its place written out: presence comes as a new object with every move of a pointer. */
  readonly written: string;
}

function sameCarets(a: readonly RemoteCaret[], b: readonly RemoteCaret[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        one.id === other.id &&
        one.name === other.name &&
        one.color === other.color &&
        one.written === other.written
      );
    })
  );
}

function sameVisitors(a: readonly Visitor[], b: readonly Visitor[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        one.id === other.id &&
        one.name === other.name &&
        one.color === other.color &&
        one.field === other.field &&
        one.dragging === other.dragging
      );
    })
  );
}

/** Names a place: a card by its id, a cell, a stage or a lane by theirs. */
export function placeKey(place: {
  readonly card?: string | undefined;
  readonly lane?: string | undefined;
  readonly stage?: string | undefined;
}): string {
  return place.card !== undefined
    ? `card ${place.card}`
    : `cell ${place.lane ?? ''} ${place.stage ?? ''}`;
}

const NOBODY: readonly Visitor[] = [];
const NO_CARETS: readonly RemoteCaret[] = [];

export class People {
  readonly #places = new Map<string, Source<readonly Visitor[]>>();
  readonly #peers: Store<readonly Peer[]>;
  readonly #self: string;
  readonly #texts = new Map<string, Source<readonly RemoteCaret[]>>();
  #present = new Map<string, Visitor[]>();
  #carets = new Map<string, RemoteCaret[]>();

  constructor(peers: Store<readonly Peer[]>, self: string) {
    this.#peers = peers;
    this.#self = self;
    this.#present = this.#read();
    this.#carets = this.#readCarets();
  }

  /** Follows the peers until the returned function is called. */
  follow(): () => void {
    const update = (): void => this.#update();
    update();
    return this.#peers.subscribe(update);
  }

  at(key: string): Store<readonly Visitor[]> {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const store = new Source<readonly Visitor[]>(this.#present.get(key) ?? NOBODY, sameVisitors);
    this.#places.set(key, store);
    return store;
  }

  /** The carets of others in one text, by `addressKey`. */
  carets(key: string): Store<readonly RemoteCaret[]> {
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const store = new Source<readonly RemoteCaret[]>(
      this.#carets.get(key) ?? NO_CARETS,
      sameCarets,
    );
    this.#texts.set(key, store);
    return store;
  }

  #update(): void {
    const before = this.#present;
    this.#present = this.#read();
    const batch = new Batch();
    for (const key of new Set([...before.keys(), ...this.#present.keys()])) {
      const store = this.#places.get(key);
      if (store !== undefined) batch.place(store, this.#present.get(key) ?? NOBODY);
    }
    const texts = this.#carets;
    this.#carets = this.#readCarets();
    for (const key of new Set([...texts.keys(), ...this.#carets.keys()])) {
      const store = this.#texts.get(key);
      if (store !== undefined) batch.place(store, this.#carets.get(key) ?? NO_CARETS);
    }
    batch.tell();
  }

  #readCarets(): Map<string, RemoteCaret[]> {
    const texts = new Map<string, RemoteCaret[]>();
    for (const { user, caret } of this.#peers.get()) {
      const key = caretKey(caret);
      if (key === undefined || user.id === this.#self) continue;
      const here = texts.get(key) ?? [];
      here.push({ ...user, caret, written: JSON.stringify(caret) });
      texts.set(key, here);
    }
    return texts;
  }

  #read(): Map<string, Visitor[]> {
    const places = new Map<string, Visitor[]>();
    const add = (key: string, visitor: Visitor): void => {
      const here = places.get(key) ?? [];
      if (!here.some((other) => other.id === visitor.id)) here.push(visitor);
      places.set(key, here);
    };
    for (const peer of this.#peers.get()) {
      // Another tab of one's own is no visitor.
      if (peer.user.id === this.#self) continue;
      const { focus, drag, user } = peer;
      if (drag !== undefined) {
        add(placeKey({ card: drag.card }), { ...user, dragging: true });
        add(placeKey({ lane: drag.lane, stage: drag.stage }), { ...user, dragging: true });
      } else if (focus !== undefined) {
        const field = focus.field === undefined ? {} : { field: focus.field };
        add(placeKey(focus), { ...user, ...field, dragging: false });
      }
    }
    return places;
  }
}
