// Remembers which texts this person touched since the last confirmation, so that a refused edit can
// be offered back word for word. Reads the document only; never writes to it.
import * as Y from 'yjs';

export interface TypedTexts {
  /** The texts as they stand now, without empty ones and repetitions. */
  texts(): string[];
  /** Everything so far is safe: forget it. */
  forget(): void;
  stop(): void;
}

export function rememberTyped(doc: Y.Doc): TypedTexts {
  const touched = new Set<Y.Text>();
  const note = (transaction: Y.Transaction): void => {
    if (!transaction.local) return;
    for (const [type, keys] of transaction.changed) {
      if (type instanceof Y.Text) touched.add(type);
      // A card made in this transaction shows only as a changed key of the map that holds it.
      else if (type instanceof Y.Map) {
        for (const key of keys) if (key !== null) collect(type.get(key), touched);
      }
    }
  };
  doc.on('afterTransaction', note);
  return {
    texts: () =>
      [...new Set([...touched].map((text) => text.toString().trim()))].filter(
        (text) => text !== '',
      ),
    forget: () => touched.clear(),
    stop: () => doc.off('afterTransaction', note),
  };
}

function collect(value: unknown, into: Set<Y.Text>): void {
  if (value instanceof Y.Text) into.add(value);
  else if (value instanceof Y.Map) for (const child of value.values()) collect(child, into);
}
