// Where somebody's caret stands in a text of the map, in a form that holds while others edit around it.
// Told through presence and read back here; what a foreign client sends is not trusted beyond its shape.
import * as Y from 'yjs';
import type { Journey, Root } from '../journey';

/** Which text: a field of an entry, or of the map itself (`meta`, with an empty id). */
export interface TextAddress {
  readonly root: Root;
  readonly id: string;
  readonly field: string;
}

/** Names a text. Ids and fields hold no spaces. */
export function addressKey({ root, id, field }: TextAddress): string {
  return `${root} ${id} ${field}`;
}

/** The part of presence this file owns. `at` is a Yjs relative position as JSON. */
interface Caret extends TextAddress {
  readonly at: unknown;
}

/** What a text's address leads to in the document, if anything is there. */
export function heldAt(journey: Journey, { root, id, field }: TextAddress): unknown {
  if (root === 'meta') return journey.root('meta').get(field);
  const entry = journey.root(root).get(id);
  return entry instanceof Y.Map ? entry.get(field) : undefined;
}

/** What to tell others of a caret at `index` (UTF-16 units) of a text; undefined where there is no text yet. */
export function caretAt(journey: Journey, address: TextAddress, index: number): Caret | undefined {
  const text = heldAt(journey, address);
  if (!(text instanceof Y.Text)) return undefined;
  // Bound to the letter before it, so that it stays behind what its owner has just typed.
  const at = Y.createRelativePositionFromTypeIndex(text, index, -1);
  const { root, id, field } = address;
  return { root, id, field, at: Y.relativePositionToJSON(at) };
}

/** Names the text somebody's caret says it is in, or undefined when it says nothing of the kind. */
export function caretKey(caret: unknown): string | undefined {
  if (typeof caret !== 'object' || caret === null) return undefined;
  const { root, id, field } = caret as Partial<Record<keyof Caret, unknown>>;
  if (typeof root !== 'string' || typeof id !== 'string' || typeof field !== 'string') {
    return undefined;
  }
  return `${root} ${id} ${field}`;
}

/** Where that caret is now, or undefined when it is not in this text or makes no sense. */
export function caretIndex(
  journey: Journey,
  address: TextAddress,
  caret: unknown,
): number | undefined {
  const text = heldAt(journey, address);
  if (caretKey(caret) !== addressKey(address) || !(text instanceof Y.Text)) return undefined;
  const { at } = caret as Caret;
  if (typeof at !== 'object' || at === null) return undefined;
  try {
    const position = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(at),
      journey.doc,
    );
    return position?.type === text ? Math.min(position.index, text.length) : undefined;
  } catch {
    return undefined;
  }
}
