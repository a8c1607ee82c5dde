// Remembers which words this person wrote since the last confirmation, so that a refused edit can be offered back word for word:
// shared texts, and the lists people write in. Reads the document only; never writes to it.
import * as Y from 'yjs';

export interface TypedTexts {
  /** The texts as they stand now, without empty ones and repetitions. */
  texts(): string[];
  /**
   * What an earlier visit left in this browser's copy and the server does not have, by what it says it has, counts as typed. Says
   * whether there was anything, be it without words.
   */
  addUnsent(server: ReadonlyMap<number, number>): boolean;
  /** Everything so far is safe: forget it. */
  forget(): void;
  stop(): void;
}

type Words = Y.Text | Y.Array<unknown>;

/** Lists of words; the others hold ids. */
const WRITTEN = new Set(['sources', 'goals', 'needs', 'frustrations']);
/** What people write in an entry of such a list. */
const WORDS = ['title', 'url', 'quote'];

export function rememberTyped(doc: Y.Doc): TypedTexts {
  const touched = new Set<Words>();
  const note = (transaction: Y.Transaction): void => {
    if (!transaction.local) return;
    for (const [type, keys] of transaction.changed) {
      if (isWritten(type)) touched.add(type);
      // A card made in this transaction shows only as a changed key of the map that holds it.
      else if (type instanceof Y.Map) {
        for (const key of keys) if (key !== null) collect(type.get(key), touched);
      }
    }
  };
  doc.on('afterTransaction', note);
  return {
    texts: () =>
      [...new Set([...touched].flatMap(wordsOf).map((text) => text.trim()))].filter(
        (text) => text !== '',
      ),
    addUnsent(server) {
      let any = false;
      for (const [client, structs] of doc.store.clients) {
        const has = server.get(client) ?? 0;
        for (let at = structs.length - 1; at >= 0; at -= 1) {
          const struct = structs[at];
          if (struct === undefined || struct.id.clock + struct.length <= has) break;
          any = true;
          const within = struct instanceof Y.Item && !struct.deleted ? struct.parent : null;
          if (within instanceof Y.AbstractType && isWritten(within)) touched.add(within);
        }
      }
      return any;
    },
    forget: () => touched.clear(),
    stop: () => doc.off('afterTransaction', note),
  };
}

function isWritten(type: unknown): type is Words {
  if (type instanceof Y.Text) return true;
  return type instanceof Y.Array && WRITTEN.has(type._item?.parentSub ?? '');
}

function collect(value: unknown, into: Set<Words>): void {
  if (isWritten(value)) into.add(value);
  else if (value instanceof Y.Map) for (const child of value.values()) collect(child, into);
}

function wordsOf(written: Words): string[] {
  if (written instanceof Y.Text) return [written.toString()];
  return written.toArray().flatMap((item) => {
    if (typeof item === 'string') return [item];
    if (typeof item !== 'object' || item === null) return [];
    const words = WORDS.map((field) => (item as Record<string, unknown>)[field]);
    return words.filter((word) => typeof word === 'string');
  });
}
