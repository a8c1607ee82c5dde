// One free text of the map as something a form field can be bound to.
// Made by the view through `textOfCard` and its kin; the binding is the only one to write through it. The text behind it
// may be missing, be replaced (an undo makes a new one) or not exist yet (a card is written with its first letter).
import * as Y from 'yjs';
import type { Store } from '../../sync/store';
import type { EntryRoot, Journey } from '../journey';
import type { CardText } from '../kinds';
import { textOf } from '../read';
import { continueStep, textField } from '../write';
import { heldAt, type TextAddress } from './caret';
import type { Difference } from './difference';
import type { DeltaStep } from './drift';

/** The positions of a change to make, as `Drift.resolve` gives them. */
export interface Edit {
  /** From right to left, in UTF-16 units of the present text. */
  readonly deletions: readonly { readonly index: number; readonly length: number }[];
  readonly index: number;
  readonly insert: string;
}

export function editOf(change: Difference): Edit {
  return {
    deletions: change.remove > 0 ? [{ index: change.index, length: change.remove }] : [],
    index: change.index,
    insert: change.insert,
  };
}

/** Makes the entry a text belongs to, with its first content, when the first letter is typed. */
export type Begin = (text: string) => void;

export interface TextField {
  readonly address: TextAddress;
  read(): string;
  write(edit: Edit): void;
  /**
   * Tells of changes made by anyone but this field: with the delta, or without one when the text was replaced.
   * Returns the way to stop.
   */
  observe(listener: (delta: readonly DeltaStep[] | undefined) => void): () => void;
  /** The next input starts an undo step of its own. */
  boundary(): void;
}

class MapTextField implements TextField {
  readonly #journey: Journey;
  readonly address: TextAddress;
  readonly #presence: Store<unknown>;
  readonly #begin: Begin | undefined;
  #writing = false;

  constructor(
    journey: Journey,
    at: TextAddress,
    presence: Store<unknown>,
    begin: Begin | undefined,
  ) {
    this.#journey = journey;
    this.address = at;
    this.#presence = presence;
    this.#begin = begin;
  }

  #holder(): unknown {
    return heldAt(this.#journey, this.address);
  }

  read(): string {
    return textOf(this.#holder());
  }

  write(edit: Edit): void {
    const { root, id, field } = this.address;
    this.#writing = true;
    try {
      if (root !== 'meta' && !this.#journey.root(root).has(id)) {
        if (edit.insert !== '') this.#begin?.(edit.insert);
        return;
      }
      continueStep(this.#journey, () => {
        const text = textField(this.#journey, root, id, field);
        if (text === undefined) return;
        for (const { index, length } of edit.deletions) text.delete(index, length);
        // Deletions left of the insertion point move it.
        const shift = edit.deletions
          .filter(({ index }) => index < edit.index)
          .reduce((sum, { index, length }) => sum + Math.min(length, edit.index - index), 0);
        if (edit.insert !== '') text.insert(edit.index - shift, edit.insert);
      });
    } finally {
      this.#writing = false;
    }
  }

  observe(listener: (delta: readonly DeltaStep[] | undefined) => void): () => void {
    let text: Y.Text | undefined;
    const onText = (event: Y.YTextEvent): void => {
      if (!this.#writing) listener(event.delta as readonly DeltaStep[]);
    };
    const attach = (): boolean => {
      const found = this.#holder();
      const next = found instanceof Y.Text ? found : undefined;
      if (next === text) return false;
      text?.unobserve(onText);
      text = next;
      text?.observe(onText);
      return true;
    };
    attach();
    const stop = this.#presence.subscribe(() => {
      const replaced = attach();
      // A plain string of a foreign client has no events of its own.
      if ((replaced || text === undefined) && !this.#writing) listener(undefined);
    });
    return () => {
      stop();
      text?.unobserve(onText);
    };
  }

  boundary(): void {
    this.#journey.steps.boundary();
  }
}

/** A free text of the map itself. */
export function metaText(journey: Journey, field: 'title' | 'scenario' | 'goal'): TextField {
  return new MapTextField(journey, { root: 'meta', id: '', field }, journey.meta, undefined);
}

/** A free text of a card. `begin` writes the card when it does not exist yet. */
export function cardText(journey: Journey, id: string, field: CardText, begin?: Begin): TextField {
  return new MapTextField(journey, { root: 'cards', id, field }, journey.card(id), begin);
}

/** A free text of a stage, lane or persona. */
export function entryText(
  journey: Journey,
  root: Exclude<EntryRoot, 'cards' | 'comments'>,
  id: string,
  field: string,
): TextField {
  return new MapTextField(journey, { root, id, field }, journey[root].one(id), undefined);
}
