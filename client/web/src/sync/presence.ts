// Who else is in the map and where: awareness states read tolerantly into plain values. Presence is
// never written into the document, and nothing in it is trusted beyond its shape.
import type { MapConnection } from './connection';
import { createStore, type Store, type WritableStore } from './store';

export interface PresenceUser {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

export interface PresenceFocus {
  readonly card?: string;
  readonly field?: string;
  readonly lane?: string;
  readonly stage?: string;
}

/** Where a pointer is: fractions of the map canvas and, over a cell, of that cell, which others may have elsewhere. */
export interface PresenceCursor {
  readonly x: number;
  readonly y: number;
  readonly cell?: {
    readonly lane: string;
    readonly stage: string;
    readonly x: number;
    readonly y: number;
  };
}

export interface PresenceState {
  readonly user: PresenceUser;
  readonly focus?: PresenceFocus;
  readonly cursor?: PresenceCursor;
  readonly drag?: { readonly card: string; readonly lane: string; readonly stage: string };
  /** Owned by the text binding; its shape is not read here. */
  readonly caret?: unknown;
}

/** Another connection in the same map. One person with two tabs is two peers with one `user.id`. */
export interface Peer extends PresenceState {
  readonly clientId: number;
}

/** A field set to `undefined` is taken away; one that is not named stays. */
export type PresenceChange = { readonly [K in keyof PresenceState]?: PresenceState[K] | undefined };

const stores = new WeakMap<MapConnection, WritableStore<readonly Peer[]>>();

/** Everyone else, ordered by connection id so that lists do not jump. One store per connection. */
export function presenceStore(connection: MapConnection): Store<readonly Peer[]> {
  const open = stores.get(connection);
  if (open) return open;
  const { awareness } = connection;
  const known = new WeakMap<object, Peer | null>();
  const read = (): readonly Peer[] => readPeers(awareness.getStates(), awareness.clientID, known);
  const store = createStore<readonly Peer[]>(read(), sameList);
  let due = false;
  awareness.on('change', () => {
    // A busy room changes many times between two frames; nobody sees more than the last.
    if (due) return;
    due = true;
    nextFrame(() => {
      due = false;
      store.set(read());
    });
  });
  stores.set(connection, store);
  return store;
}

export function setPresence(connection: MapConnection, change: PresenceChange): void {
  const { awareness } = connection;
  const next: Record<string, unknown> = { ...awareness.getLocalState() };
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined) delete next[field];
    else next[field] = value;
  }
  awareness.setLocalState(next);
}

/**
 * `known` remembers what a state was read as: awareness replaces a state's object whenever it
 * changes, so a peer who did nothing stays the same object and need not be drawn again.
 */
export function readPeers(
  states: ReadonlyMap<number, Record<string, unknown>>,
  self: number,
  known: WeakMap<object, Peer | null> = new WeakMap(),
): readonly Peer[] {
  const peers: Peer[] = [];
  for (const [clientId, state] of states) {
    if (clientId === self) continue;
    let peer = known.get(state);
    if (peer === undefined) {
      peer = readPeer(clientId, state) ?? null;
      known.set(state, peer);
    }
    if (peer) peers.push(peer);
  }
  return peers.sort((a, b) => a.clientId - b.clientId);
}

function sameList(a: readonly Peer[], b: readonly Peer[]): boolean {
  return a.length === b.length && a.every((peer, at) => peer === b[at]);
}

function nextFrame(run: () => void): void {
  // A hidden page gets no frames; it still has to know who left.
  if (typeof document === 'undefined' || document.visibilityState === 'hidden') {
    setTimeout(run, 100);
  } else requestAnimationFrame(run);
}

function readPeer(clientId: number, state: Record<string, unknown>): Peer | undefined {
  const { user, focus, cursor, drag, caret } = state;
  if (!isRecord(user)) return undefined;
  const { id, name, color } = user;
  if (typeof id !== 'string' || typeof name !== 'string') return undefined;
  return {
    clientId,
    user: { id, name, color: readColor(color) },
    ...(isRecord(focus) ? { focus: pickStrings(focus, ['card', 'field', 'lane', 'stage']) } : {}),
    ...(isRecord(cursor) && isFraction(cursor.x) && isFraction(cursor.y)
      ? { cursor: { x: cursor.x, y: cursor.y, ...readCell(cursor.cell) } }
      : {}),
    ...(isRecord(drag) &&
    typeof drag.card === 'string' &&
    typeof drag.lane === 'string' &&
    typeof drag.stage === 'string'
      ? { drag: { card: drag.card, lane: drag.lane, stage: drag.stage } }
      : {}),
    ...(caret === undefined ? {} : { caret }),
  };
}

function readCell(cell: unknown): Pick<PresenceCursor, 'cell'> {
  if (!isRecord(cell)) return {};
  const { lane, stage, x, y } = cell;
  return typeof lane === 'string' && typeof stage === 'string' && isFraction(x) && isFraction(y)
    ? { cell: { lane, stage, x, y } }
    : {};
}

/** Only `#rrggbb` reaches a style attribute; anything else becomes a quiet grey. */
function readColor(color: unknown): string {
  return typeof color === 'string' && /^#[0-9a-fA-F]{6}$/.test(color) ? color : '#6f675c';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFraction(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function pickStrings<K extends string>(
  from: Record<string, unknown>,
  keys: readonly K[],
): Partial<Record<K, string>> {
  const picked: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = from[key];
    if (typeof value === 'string') picked[key] = value;
  }
  return picked;
}
