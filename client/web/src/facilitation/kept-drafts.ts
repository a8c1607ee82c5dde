// The words of a brainstorm that the server has not yet, in this browser: they outlive a reload, a closed tab and a server that is away.
// One entry a draft, so that two tabs do not write over each other; each tab hears at once what the other keeps or lets go.
// Used by `drafts.ts`. Works without storage, too: then nothing is kept.

export interface KeptDraft {
  /** When the brainstorm began that it was written in. */
  readonly began: number;
  readonly lane: string;
  readonly stage: string;
  /** Null: to be dropped. */
  readonly text: string | null;
  /** Why it cannot come in; absent while it may. */
  readonly why?: string;
}

export interface DraftShelf {
  all(): ReadonlyMap<string, KeptDraft>;
  get(id: string): KeptDraft | null;
  put(id: string, kept: KeptDraft): void;
  /** Takes it away, unless another tab has put something newer in its place. */
  letGo(id: string, kept: KeptDraft): void;
  clear(): void;
  /** Another tab has put something or let it go: `get` tells what is there now. Returns the way to stop. */
  follow(changed: (id: string) => void): () => void;
}

/** Whether this browser keeps words of a brainstorm for this person. */
export function keepsDrafts(map: string, participant: string): boolean {
  return slots(prefixOf(map, participant)).length > 0;
}

export function draftShelf(map: string, participant: string): DraftShelf {
  const prefix = prefixOf(map, participant);
  const get = (id: string): KeptDraft | null => read(prefix + id);
  return {
    get,
    all() {
      const found = new Map<string, KeptDraft>();
      for (const slot of slots(prefix)) {
        const kept = read(slot);
        if (kept !== null) found.set(slot.slice(prefix.length), kept);
      }
      return found;
    },
    put(id, kept) {
      try {
        storage()?.setItem(prefix + id, JSON.stringify(kept));
      } catch {
        // Full: it is still in this page, and on its way.
      }
    },
    letGo(id, kept) {
      if (JSON.stringify(get(id)) === JSON.stringify(kept)) storage()?.removeItem(prefix + id);
    },
    clear() {
      for (const slot of slots(prefix)) storage()?.removeItem(slot);
    },
    follow(changed) {
      const onStorage = ({ key }: StorageEvent): void => {
        if (key?.startsWith(prefix)) changed(key.slice(prefix.length));
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  };
}

function prefixOf(map: string, participant: string): string {
  return `cairn.draft.${map}.${participant}.`;
}

function slots(prefix: string): readonly string[] {
  const store = storage();
  if (store === null) return [];
  return Array.from({ length: store.length }, (_, at) => store.key(at) ?? '').filter((slot) =>
    slot.startsWith(prefix),
  );
}

function read(slot: string): KeptDraft | null {
  try {
    const kept = JSON.parse(storage()?.getItem(slot) ?? 'null') as KeptDraft | null;
    const isWhole =
      typeof kept?.began === 'number' &&
      typeof kept.lane === 'string' &&
      typeof kept.stage === 'string' &&
      (kept.text === null || typeof kept.text === 'string');
    return isWhole ? kept : null;
  } catch {
    return null;
  }
}

/** Reading `localStorage` itself throws where a browser blocks it. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
