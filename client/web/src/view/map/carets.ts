// Carets in texts that are being typed: one's own is told to the others, and theirs are drawn over the field.
// Drawn past React: a letter of somebody else must not redraw the field one types in. `LiveText` draws them in texts at rest.

import type { TextElement } from '../../model/text/binding';
import { addressKey, caretAt, caretIndex } from '../../model/text/caret';
import type { TextField } from '../../model/text/field';
import { readableOn } from '../ui';
import type { Board } from './board';

/** Least time between two caret positions told to others. Milliseconds. */
const INTERVAL = 120;

/** Tells where this person's caret is in that field, while it is there. Returns the way to stop. */
export function tellCaret(board: Board, area: TextElement, field: TextField): () => void {
  let timer = 0;
  const isHere = (): boolean => document.activeElement === area;
  const tell = (): void => {
    timer = 0;
    if (isHere()) {
      board.shareCaret(caretAt(board.journey, field.address, area.selectionEnd ?? 0));
    }
  };
  const later = (): void => {
    if (timer === 0 && isHere()) timer = window.setTimeout(tell, INTERVAL);
  };
  const leave = (): void => {
    window.clearTimeout(timer);
    timer = 0;
    board.shareCaret();
  };
  later();
  document.addEventListener('selectionchange', later);
  area.addEventListener('focus', later);
  area.addEventListener('blur', leave);
  return () => {
    document.removeEventListener('selectionchange', later);
    area.removeEventListener('focus', later);
    area.removeEventListener('blur', leave);
    // A field taken away while it is typed in reports no blur.
    if (timer !== 0 || isHere()) leave();
  };
}

export interface CaretLayer {
  /** The text or its field has changed: draws again before the next frame. */
  later(): void;
  remove(): void;
}

/** Draws others' carets over a field, as siblings of it. */
export function drawCarets(board: Board, area: TextElement, field: TextField): CaretLayer {
  const store = board.people.carets(addressKey(field.address));
  const shown = new Map<string, HTMLElement>();
  let frame = 0;
  const draw = (): void => {
    frame = 0;
    const present = new Set<string>();
    for (const { id, name, color, caret, written } of store.get()) {
      const index = caretIndex(board.journey, field.address, caret);
      const at = index === undefined ? undefined : placeIn(area, index);
      if (at === undefined) continue;
      present.add(id);
      const known = shown.get(id);
      // A new element shows its name for a moment again: somebody has moved it.
      const element = known?.dataset.written === written ? known : caretOf(name, color, written);
      if (element !== known) {
        known?.remove();
        shown.set(id, element);
        area.after(element);
      }
      element.style.transform = `translate(${at.x}px, ${at.y}px)`;
      element.style.height = `${at.height}px`;
    }
    for (const [id, element] of shown) {
      if (present.has(id)) continue;
      element.remove();
      shown.delete(id);
    }
  };
  const later = (): void => {
    if (frame === 0 && (store.get().length > 0 || shown.size > 0)) {
      frame = requestAnimationFrame(draw);
    }
  };
  later();
  const stop = store.subscribe(later);
  area.addEventListener('scroll', later);
  return {
    later,
    remove: () => {
      stop();
      area.removeEventListener('scroll', later);
      cancelAnimationFrame(frame);
      for (const element of shown.values()) element.remove();
    },
  };
}

function caretOf(name: string, color: string, written: string): HTMLElement {
  const element = document.createElement('i');
  element.className = 'm-caret m-caret--over';
  element.setAttribute('aria-hidden', 'true');
  element.dataset.written = written;
  element.style.borderColor = color;
  const flag = document.createElement('b');
  flag.textContent = name;
  flag.style.backgroundColor = color;
  flag.style.color = readableOn(color);
  element.append(flag);
  return element;
}

/** What decides where a letter falls in a field. The shorthand `font` is empty where one of its parts cannot be written in it. */
const LOOKS = [
  'box-sizing',
  'border-width',
  'border-style',
  'padding',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'font-stretch',
  'font-optical-sizing',
  'font-variation-settings',
  'font-feature-settings',
  'letter-spacing',
  'line-height',
  'text-indent',
  'white-space',
  'overflow-wrap',
  'word-break',
  'tab-size',
];

/** Where a letter of a field stands, from the field's own containing block; undefined when it is scrolled out of sight. */
function placeIn(
  area: TextElement,
  index: number,
): { readonly x: number; readonly y: number; readonly height: number } | undefined {
  const twin = document.createElement('div');
  const style = getComputedStyle(area);
  for (const look of LOOKS) twin.style.setProperty(look, style.getPropertyValue(look));
  Object.assign(twin.style, {
    position: 'absolute',
    top: '0',
    left: '0',
    visibility: 'hidden',
    width: `${area.offsetWidth}px`,
  });
  const mark = document.createElement('span');
  twin.append(area.value.slice(0, index), mark, area.value.slice(index) || '\u200b');
  document.body.append(twin);
  const from = twin.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  twin.remove();
  const y = at.top - from.top - area.scrollTop;
  const x = at.left - from.left - area.scrollLeft;
  if (y < -2 || y + at.height > area.offsetHeight + 2 || x > area.offsetWidth) return undefined;
  return { x: area.offsetLeft + x, y: area.offsetTop + y, height: at.height };
}
