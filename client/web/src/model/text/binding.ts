// Binds one text of the map to one input or textarea, both ways, while the element lives.
// Called by the view's text areas. It writes only what was typed (a minimal change between graphemes), keeps the caret in
// its place when others edit, and leaves a field alone while an input method composes in it.
import { difference, wellFormed } from './difference';
import { carry, type DeltaStep, Drift } from './drift';
import { editOf, type TextField } from './field';

export type TextElement = HTMLInputElement | HTMLTextAreaElement;

export interface BindingOptions {
  /** A text of one line: a pasted line break becomes a space. */
  readonly oneLine?: boolean;
  /** After the element's text changed, by anyone. */
  changed?(text: string): void;
  /** The browser's own undo or redo was asked for; its history does not know others' edits, so ours takes over. */
  history?(direction: 'undo' | 'redo'): void;
}

/** Returns the way to unbind. */
export function bindText(
  element: TextElement,
  field: TextField,
  options: BindingOptions = {},
): () => void {
  // What the element shows and the document is known to hold, apart from a composition under way.
  let known = field.read();
  let drift: Drift | undefined;
  element.value = known;
  options.changed?.(known);

  const show = (text: string, start: number, end: number): void => {
    known = text;
    if (element.value === text) return;
    const focused = element.ownerDocument.activeElement === element;
    const { scrollTop } = element;
    const direction = element.selectionDirection ?? 'none';
    element.value = text;
    // Elsewhere Safari would take the focus along.
    if (focused) element.setSelectionRange(start, end, direction);
    element.scrollTop = scrollTop;
    options.changed?.(text);
  };

  const send = (): void => {
    const whole = wellFormed(element.value);
    // Of the same length, so that the caret's index still holds.
    const typed = options.oneLine === true ? whole.replace(/[\r\n]/g, ' ') : whole;
    const caret = element.selectionEnd ?? typed.length;
    const change = difference(known, typed, caret);
    if (change === undefined) return;
    const edit =
      drift === undefined ? editOf(change) : { ...drift.resolve(change), insert: change.insert };
    field.write(edit);
    const held = field.read();
    if (held === element.value) {
      known = held;
      options.changed?.(held);
    } else {
      const end = drift === undefined ? caret : edit.index + edit.insert.length;
      show(held, end, end);
    }
  };

  const onInput = (): void => {
    if (drift === undefined) send();
  };
  const onCompositionStart = (): void => {
    drift = new Drift(known.length);
  };
  const onCompositionEnd = (): void => {
    if (drift === undefined) return;
    send();
    drift = undefined;
    // Nothing was composed: what others wrote meanwhile still has to be shown.
    const held = field.read();
    if (held !== element.value) show(held, held.length, held.length);
  };
  const onBeforeInput = (event: Event): void => {
    const kind = (event as InputEvent).inputType;
    if (kind !== 'historyUndo' && kind !== 'historyRedo') return;
    event.preventDefault();
    options.history?.(kind === 'historyUndo' ? 'undo' : 'redo');
  };
  const onEnter = (): void => field.boundary();
  const onLeave = (): void => {
    onCompositionEnd();
    field.boundary();
  };

  const onOthers = (delta: readonly DeltaStep[] | undefined): void => {
    if (drift !== undefined) {
      if (delta !== undefined) drift.note(delta);
      else drift = new Drift(field.read().length);
      return;
    }
    const text = field.read();
    const start = element.selectionStart ?? text.length;
    const end = element.selectionEnd ?? text.length;
    if (delta === undefined) show(text, Math.min(start, text.length), Math.min(end, text.length));
    else show(text, carry(start, delta), carry(end, delta));
  };

  const stop = field.observe(onOthers);
  element.addEventListener('input', onInput);
  element.addEventListener('compositionstart', onCompositionStart);
  element.addEventListener('compositionend', onCompositionEnd);
  element.addEventListener('beforeinput', onBeforeInput);
  element.addEventListener('focus', onEnter);
  element.addEventListener('blur', onLeave);
  return () => {
    stop();
    element.removeEventListener('input', onInput);
    element.removeEventListener('compositionstart', onCompositionStart);
    element.removeEventListener('compositionend', onCompositionEnd);
    element.removeEventListener('beforeinput', onBeforeInput);
    element.removeEventListener('focus', onEnter);
    element.removeEventListener('blur', onLeave);
  };
}
