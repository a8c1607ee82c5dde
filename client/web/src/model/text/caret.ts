// Where somebody's caret stands in a card's text, in a form that holds while others edit around it.
// Told through presence and read back here; what a foreign client sends is not trusted beyond its shape.
import * as Y from 'yjs';
import type { Journey } from '../journey';

/** The part of presence this file owns. `at` is a Yjs relative position as JSON. */
interface Caret {
  readonly card: string;
  readonly at: unknown;
}

function textOf(journey: Journey, card: string): Y.Text | undefined {
  const entry = journey.root('cards').get(card);
  const text = entry instanceof Y.Map ? entry.get('text') : undefined;
  return text instanceof Y.Text ? text : undefined;
}

/** What to tell others of a caret at `index` (UTF-16 units) of a card's text; undefined where there is no text yet. */
export function caretAt(journey: Journey, card: string, index: number): Caret | undefined {
  const text = textOf(journey, card);
  if (text === undefined) return undefined;
  // Bound to the letter before it, so that it stays behind what its owner has just typed.
  const at = Y.createRelativePositionFromTypeIndex(text, index, -1);
  return { card, at: Y.relativePositionToJSON(at) };
}

/** Where that caret is now, or undefined when it is not in this card or makes no sense. */
export function caretIndex(journey: Journey, card: string, caret: unknown): number | undefined {
  if (typeof caret !== 'object' || caret === null) return undefined;
  const { card: of, at } = caret as Partial<Caret>;
  const text = textOf(journey, card);
  if (of !== card || text === undefined || typeof at !== 'object' || at === null) return undefined;
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
