// This browser's own copy of a map (IndexedDB) and how many of its changes the server has not
// confirmed. Where storage is switched off the copy is simply absent; nothing above depends on it.
import { clearDocument, IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';

export interface LocalCopy {
  /** Resolves when the copy has been read into the document: true if there is storage at all. */
  readonly ready: Promise<boolean>;
  /** Changes an earlier visit left unconfirmed. */
  readonly waiting: number;
  setWaiting(count: number): void;
  /** The record that had last said that somebody was erased when this copy was made; undefined when nothing is known of it. */
  erased(): number | undefined;
  setErased(seq: number): void;
  /** Throws the copy away, here and in the other tabs of this browser. */
  drop(): Promise<void>;
  /** Calls back when another tab has thrown the copy away. */
  onDropped(listener: () => void): void;
  close(): void;
}

/** A browser that answers neither yes nor no (a blocked upgrade) must not keep the map from opening. */
const STORAGE_PATIENCE = 2000;

export function openLocalCopy(mapId: string, doc: Y.Doc): LocalCopy {
  const name = `cairn:${mapId}`;
  const slot = `cairn.waiting.${mapId}`;
  const erasedSlot = `cairn.erased.${mapId}`;
  let erased: number | undefined;
  const stored = typeof indexedDB === 'undefined' ? null : new IndexeddbPersistence(name, doc);
  const openedAt = Date.now();
  const tabs =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`${name}:copy`);
  let closed = false;

  const ready =
    stored === null
      ? Promise.resolve(false)
      : new Promise<boolean>((resolve) => {
          stored.whenSynced.then(
            () => resolve(true),
            () => resolve(false),
          );
          // `_db` is where y-indexeddb's failure to open shows; it has no event for it.
          stored._db.then(undefined, () => resolve(false));
          setTimeout(() => resolve(stored.synced), STORAGE_PATIENCE);
        });

  const close = (): void => {
    if (closed) return;
    closed = true;
    tabs?.close();
    stored?.destroy().catch(() => undefined);
  };

  return {
    ready,
    waiting: readCount(slot),
    setWaiting(count) {
      if (!closed) writeCount(slot, count);
    },
    erased: () => erased ?? readErased(erasedSlot),
    setErased(seq) {
      if (closed) return;
      erased = seq;
      writeErased(erasedSlot, seq);
    },
    async drop() {
      writeCount(slot, 0);
      if (closed) return;
      closed = true;
      // Told twice: at once, so that no other tab brings the refused edit back; and when the storage
      // is gone, for a tab that has opened it in between.
      tabs?.postMessage(Date.now());
      if (stored !== null) {
        await stored.destroy().catch(() => undefined);
        await clearDocument(name).catch(() => undefined);
      }
      // Last: as long as the copy is there, it is of before.
      writeErased(erasedSlot, undefined);
      tabs?.postMessage(Date.now());
      tabs?.close();
    },
    onDropped(listener) {
      tabs?.addEventListener('message', ({ data: droppedAt }: MessageEvent<unknown>) => {
        if (!closed && typeof droppedAt === 'number' && droppedAt >= openedAt) listener();
      });
    },
    close,
  };
}

function readCount(slot: string): number {
  try {
    const count = Number(localStorage.getItem(slot));
    return Number.isSafeInteger(count) && count > 0 ? count : 0;
  } catch {
    return 0;
  }
}

function writeCount(slot: string, count: number): void {
  try {
    if (count === 0) localStorage.removeItem(slot);
    else localStorage.setItem(slot, String(count));
  } catch {
    // Without storage there is no copy to count for either.
  }
}

function readErased(slot: string): number | undefined {
  try {
    const said = localStorage.getItem(slot);
    const seq = Number(said);
    return said !== null && Number.isSafeInteger(seq) ? seq : undefined;
  } catch {
    return undefined;
  }
}

function writeErased(slot: string, seq: number | undefined): void {
  try {
    if (seq === undefined) localStorage.removeItem(slot);
    else localStorage.setItem(slot, String(seq));
  } catch {
    // Without storage there is no copy that outlives the page.
  }
}
