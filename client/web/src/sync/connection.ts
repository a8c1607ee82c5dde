// One open map: its document, who else is there, and whether what was typed is safe. Pages open it
// when they mount and close it when they go; nothing else creates providers. The rules of "saved"
// are in `save-state`, those of a silent line in `silence`; here they are tied to socket and clock.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage } from 'y-protocols/sync';
import { messageAwareness, messageSync, WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { whoAmI } from '../wire/api';
import {
  BARRIER,
  decodeBarrier,
  decodeWorkshop,
  encodeBarrier,
  SYNC_STEP_1,
  WORKSHOP,
} from '../wire/frames';
import { type ApiError, fromResponse } from '../wire/problem';
import { watchEntry } from './entry';
import { openLocalCopy } from './local-copy';
import { type SaveEvent, type SaveState, shown, startSaving, step } from './save-state';
import * as silence from './silence';
import { createStore, type Store } from './store';
import { rememberTyped } from './typed';
import { createWorkshop, type WorkshopChannel } from './workshop';

export type { SaveState } from './save-state';

/** Why a connection is over for good. The page says so and opens anew, or leaves. */
export type Ended =
  /** A facilitator took this participant out, or the token was revoked. */
  | { readonly kind: 'removed' }
  /** The server does not let this browser in. */
  | { readonly kind: 'refused'; readonly error: ApiError }
  /** An edit was not accepted. The copy here is gone; `texts` is what was typed and not yet safe. */
  | { readonly kind: 'rejected'; readonly why: string; readonly texts: readonly string[] }
  /** Somebody was erased from the map: whatever copy there was is gone (ERASE-5). */
  | { readonly kind: 'erased'; readonly texts: readonly string[] }
  /** The map was deleted, be it while this browser was away, and the copy here with it (DELETE-1). */
  | { readonly kind: 'deleted' }
  /** Another tab of this browser had an edit refused and dropped the copy both share. */
  | { readonly kind: 'dropped'; readonly texts: readonly string[] };

export interface MapConnection {
  readonly mapId: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly status: Store<SaveState>;
  /** Set once, when the connection is over; it is to be closed then. */
  readonly ended: Store<Ended | null>;
  /** Resolves with the first state, from this browser's copy or from the server. */
  readonly whenLoaded: Promise<void>;
  readonly workshop: WorkshopChannel;
  close(): void;
}

export interface OpenOptions {
  /** `ws://host/sync`; by default this page's own server. */
  readonly syncUrl?: string;
  /** Asks whether this browser may be here at all, after a socket was refused. */
  readonly mayEnter?: (mapId: string) => Promise<unknown>;
  /** Whether this browser's copy counts as the first state; by default it does. Not where the server has just said that there is no such map. */
  readonly trustsCopy?: boolean;
}

/** Origin of what came from another tab: counted and passed on like an own change. */
const OTHER_TAB = Symbol('cairn.other-tab');
const REMOVED = 4401;
const DELETED = 4404;
const ERASED = 4409;
const FIRST_ATTEMPT_PATIENCE = 1800;
/** A proxy with nothing behind it, or a network that swallows packets, leaves an attempt hanging. */
const ATTEMPT_PATIENCE = 5000;
const LONGEST_BACKOFF = 2500;

export function openMap(mapId: string, options: OpenOptions = {}): MapConnection {
  const { trustsCopy = true } = options;
  const doc = new Y.Doc();
  const copy = openLocalCopy(mapId, doc);
  const provider = new WebsocketProvider(options.syncUrl ?? ownSyncUrl(), mapId, doc, {
    connect: false,
    maxBackoffTime: LONGEST_BACKOFF,
  });
  const { awareness } = provider;
  const typed = rememberTyped(doc);
  const ended = createStore<Ended | null>(null);
  let saving = startSaving(copy.waiting);
  let quiet = silence.listen(performance.now());
  let closed = false;
  let stored = true;
  const status = createStore<SaveState>(shown(saving), sameState);

  const transmit = (frame: Uint8Array): void => {
    const { ws } = provider;
    if (ws?.readyState === WebSocket.OPEN) ws.send(frame as Uint8Array<ArrayBuffer>);
  };

  const dispatch = (event: SaveEvent): void => {
    if (closed) return;
    const { next, barrier } = step(saving, event);
    saving = next;
    if (barrier !== undefined) {
      quiet = silence.asked(quiet, performance.now());
      transmit(encodeBarrier(barrier));
    }
    const state = shown(saving);
    if (state.waiting === 0) {
      typed.forget();
      ownWaiting = false;
    }
    copy.setWaiting(state.waiting);
    status.set(state);
  };

  const end = (how: Ended): void => {
    if (ended.get() !== null) return;
    provider.disconnect();
    ended.set(how);
  };

  let dropping = false;
  const dropCopy = (how: (texts: string[]) => Ended): void => {
    if (dropping || ended.get() !== null) return;
    dropping = true;
    provider.disconnect();
    // What is typed while the copy goes is given back, too.
    const over = (): void => end(how(typed.texts()));
    copy.drop().then(over, over);
  };

  // What another tab wrote and this one passed on is refused here too, but is not this tab's to explain.
  let ownWaiting = false;
  const workshop = createWorkshop(transmit, ({ why }) => {
    const own = ownWaiting;
    dropCopy((texts) => (own ? { kind: 'rejected', why, texts } : { kind: 'dropped', texts }));
  });
  // A copy from before somebody was erased has what was taken out of the map since; this browser may have been away when that was said.
  let hadContent = false;
  workshop.shared.subscribe(() => {
    const shared = workshop.shared.get();
    if (shared === null) return;
    const now = shared.erased ?? 0;
    const then = copy.erased() ?? (hadContent ? 0 : now);
    if (then === now) copy.setErased(now);
    else dropCopy((texts) => ({ kind: 'erased', texts }));
  });
  copy.onDropped(() => {
    if (dropping) return;
    const texts = typed.texts();
    copy.close();
    end({ kind: 'dropped', texts });
  });

  // Sync frames are read as y-websocket reads them, with two things more: what another tab sent is told
  // from what the server sent, and the moment is known when the server has been given what it lacks.
  let isAsked = false;
  provider.messageHandlers[messageSync] = (encoder, decoder, _provider, fromServer) => {
    const known = fromServer && !isAsked ? askedFor(decoder) : undefined;
    if (known !== undefined) {
      isAsked = true;
      if (typed.addUnsent(known)) ownWaiting = true;
    }
    encoding.writeVarUint(encoder, messageSync);
    const kind = readSyncMessage(decoder, encoder, doc, fromServer ? provider : OTHER_TAB);
    if (!fromServer) return;
    hear();
    if (kind === SYNC_STEP_1) {
      // The provider sends the answer when this handler returns; the barrier must come behind it.
      queueMicrotask(() => dispatch({ type: 'answered' }));
    } else if (!provider.synced) {
      provider.synced = true;
    }
  };
  provider.messageHandlers[messageAwareness] = (_encoder, decoder, _provider, fromServer) => {
    if (fromServer) hear();
    applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), provider);
  };
  provider.messageHandlers[BARRIER] = (_encoder, decoder, _provider, fromServer) => {
    const counter = decodeBarrier(decoder);
    if (!fromServer || counter === undefined) return;
    hear();
    if (counter === saving.inFlight?.counter) {
      quiet = silence.answered(quiet, performance.now());
    }
    dispatch({ type: 'echo', counter });
  };
  provider.messageHandlers[WORKSHOP] = (_encoder, decoder, _provider, fromServer) => {
    if (!fromServer) return;
    hear();
    const text = decodeWorkshop(decoder);
    if (text !== undefined) workshop.receive(text);
  };

  // The stock provider sends every presence it hears of back to the server; ours sends only its own.
  awareness.off('update', provider._awarenessUpdateHandler);
  provider._awarenessUpdateHandler = ({ added, updated, removed }) => {
    const own = [...added, ...updated, ...removed].some((id) => id === awareness.clientID);
    if (own) sendPresence(provider, awareness);
  };
  awareness.on('update', provider._awarenessUpdateHandler);

  doc.on('update', (_update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction) => {
    if (transaction.local) ownWaiting = true;
    if (transaction.local || origin === OTHER_TAB) dispatch({ type: 'changed' });
  });

  let triedAt = 0;
  provider.on('status', ({ status: link }) => {
    if (link === 'connecting') triedAt = performance.now();
    if (link !== 'connected') return;
    quiet = silence.listen(performance.now());
    entry.opened();
    dispatch({ type: 'opened' });
    // The provider forgot where the others are when the connection was lost, but not their clocks: what the server
    // now says of them would be old news until each of them moves.
    for (const id of awareness.meta.keys()) {
      if (id !== awareness.clientID && !awareness.states.has(id)) awareness.meta.delete(id);
    }
    // A new clock: to the others, a state with the clock of the lost connection is old news.
    const here = awareness.getLocalState();
    if (here !== null) awareness.setLocalState(here);
    workshop.opened();
  });
  provider.on('connection-close', () => {
    dispatch({ type: 'closed' });
    // Closed before it opened: no server there, or one that does not let us in. HTTP tells which.
    if (!provider.wsconnected && !closed) entry.refused();
  });
  provider.on('closed', ({ code }) => {
    if (code === REMOVED) end({ kind: 'removed' });
    else if (code === DELETED) dropCopy(() => ({ kind: 'deleted' }));
    else if (code === ERASED) dropCopy((texts) => ({ kind: 'erased', texts }));
    else end({ kind: 'refused', error: fromResponse(code - 4000, undefined) });
  });

  const mayEnter = options.mayEnter ?? whoAmI;
  const entry = watchEntry(
    () => mayEnter(mapId),
    (verdict) => {
      if (closed) return;
      if (verdict.kind === 'doubted') reconnect();
      else if (verdict.kind === 'gone') dropCopy(() => ({ kind: 'deleted' }));
      else end(verdict);
    },
  );

  function hear(): void {
    quiet = silence.heard(quiet, performance.now());
    dispatch({ type: 'heard' });
  }

  /** Leaves a socket that may be dead, and tries a new one at once. */
  function reconnect(): void {
    if (closed || ended.get() !== null || !provider.shouldConnect) return;
    provider.disconnect();
    provider.connect();
  }

  const watch = setInterval(() => {
    if (provider.wsconnecting && performance.now() - triedAt > ATTEMPT_PATIENCE) return reconnect();
    // Until the first state is in, a long download looks like silence.
    if (saving.link !== 'live' || !provider.synced || isHidden()) return;
    switch (silence.check(quiet, performance.now())) {
      case 'fine':
        return;
      case 'ask':
        return dispatch({ type: 'probe' });
      case 'silent':
        return dispatch({ type: 'silent' });
      case 'dead':
        return reconnect();
    }
  }, silence.CHECK_EVERY);
  const firstAttempt = setTimeout(() => dispatch({ type: 'gave-up' }), FIRST_ATTEMPT_PATIENCE);

  // The browser's word about the network is a hint: the socket is tried again, and that decides.
  const stopListening = listenToWindow({
    online: reconnect,
    offline: reconnect,
    beforeunload: (event) => {
      if (!stored && shown(saving).waiting > 0) event.preventDefault();
    },
  });

  // A machine that slept has a clock that stood still: whoever looks at the page again is told the server's time anew.
  const stopLooking = onLookedAt(() => workshop.ask());

  const whenLoaded = copy.ready.then(async (hasStorage) => {
    stored = hasStorage;
    if (closed) return;
    hadContent = doc.store.clients.size > 0;
    provider.connect();
    const isIn = (): boolean => provider.synced || (trustsCopy && doc.store.clients.size > 0);
    if (isIn()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!isIn()) return;
        provider.off('sync', look);
        doc.off('update', look);
        resolve();
      };
      provider.on('sync', look);
      doc.on('update', look);
    });
  });

  return {
    mapId,
    doc,
    awareness,
    status,
    ended,
    whenLoaded,
    workshop,
    close() {
      if (closed) return;
      closed = true;
      clearInterval(watch);
      clearTimeout(firstAttempt);
      stopListening();
      stopLooking();
      workshop.closed();
      typed.stop();
      provider.destroy();
      copy.close();
      awareness.destroy();
      doc.destroy();
    },
  };
}

function sendPresence(provider: WebsocketProvider, awareness: Awareness): void {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAwareness);
  encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]));
  const { ws } = provider;
  if (ws?.readyState === WebSocket.OPEN) {
    ws.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
  }
}

/** What the server says it has, when a sync frame asks for the rest. */
function askedFor(frame: decoding.Decoder): Map<number, number> | undefined {
  const ahead = decoding.clone(frame);
  if (decoding.readVarUint(ahead) !== SYNC_STEP_1) return undefined;
  return Y.decodeStateVector(decoding.readVarUint8Array(ahead));
}

function sameState(a: SaveState, b: SaveState): boolean {
  return a.kind === b.kind && a.waiting === b.waiting;
}

function ownSyncUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`;
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}

/** Calls `act` each time somebody comes back to this page. */
function onLookedAt(act: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const onChange = (): void => {
    if (!isHidden()) act();
  };
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
}

type WindowListeners = { [K in keyof WindowEventMap]?: (event: WindowEventMap[K]) => void };

function listenToWindow(listeners: WindowListeners): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const entries = Object.entries(listeners) as [string, EventListener][];
  for (const [type, listener] of entries) window.addEventListener(type, listener);
  return () => {
    for (const [type, listener] of entries) window.removeEventListener(type, listener);
  };
}
