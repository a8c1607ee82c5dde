// Selecting cards with a pointer: Shift and Ctrl with a click, a frame drawn with the mouse, taps once a finger has begun.
// Listens ahead of the grid, so that a click that selects does nothing else. From the keyboard it is `acts/cards.ts`.
import type { Board } from './board';
import { swallowClick } from './dragging';
import type { Spot } from './spot';
import { spotOf } from './spot-of';

/** Mouse travel before a press on an empty place becomes a frame, in CSS pixels. */
const THRESHOLD = 6;

export function attachPicking(board: Board, editor: HTMLElement): () => void {
  /** Where this person stood before the press moved the focus. */
  let before: Spot = board.spot.get();
  let touched = false;

  const onDown = (event: PointerEvent): void => {
    before = board.spot.get();
    touched = event.pointerType === 'touch';
    if (event.pointerType === 'mouse' && event.button === 0 && isEmptyPlace(event)) {
      frameFrom(board, event);
    }
  };
  const onMouseDown = (event: MouseEvent): void => {
    // Shift would select the words between two clicks.
    if (event.shiftKey && pressedSpot(event) !== undefined) event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const spot = pressedSpot(event);
    if (spot === undefined) return;
    const withCtrl = event.ctrlKey || event.metaKey;
    const isTap = touched && board.picked.count() > 0;
    if (event.shiftKey) board.picked.reach(spot, before);
    else if ((withCtrl || isTap) && spot.kind === 'card') board.picked.toggle(spot, before);
    else {
      board.picked.clear();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  editor.addEventListener('pointerdown', onDown, true);
  editor.addEventListener('mousedown', onMouseDown, true);
  editor.addEventListener('click', onClick, true);
  return () => {
    editor.removeEventListener('pointerdown', onDown, true);
    editor.removeEventListener('mousedown', onMouseDown, true);
    editor.removeEventListener('click', onClick, true);
  };
}

/** The card or cell a press is meant for; none where it is meant for a text or a button in it. */
function pressedSpot(event: MouseEvent): Spot | undefined {
  const target = event.target as HTMLElement;
  if (target.closest('textarea, input, button, a, [data-no-drag], [data-details]'))
    return undefined;
  const element = target.closest<HTMLElement>('[data-card], [role="gridcell"]');
  return element === null ? undefined : spotOf(element);
}

function isEmptyPlace(event: PointerEvent): boolean {
  const target = event.target as HTMLElement;
  if (target.closest('[data-card], textarea, input, button, a, [data-no-drag]')) return false;
  return target.closest('[role="gridcell"]') !== null;
}

/** Follows the mouse with a frame and selects every card it touches; with Ctrl or Shift, beside those selected before. */
function frameFrom(board: Board, down: PointerEvent): void {
  const scroller = (down.target as HTMLElement).closest<HTMLElement>('.m-scroller');
  if (scroller === null) return;
  const kept = down.shiftKey || down.ctrlKey || down.metaKey ? board.picked.shown() : [];
  // Tied to the map, not to the window: a wheel may turn meanwhile.
  const start = { x: down.clientX + scroller.scrollLeft, y: down.clientY + scroller.scrollTop };
  let frame: HTMLElement | undefined;
  let pointer = { x: down.clientX, y: down.clientY };

  const draw = (): void => {
    const from = { x: start.x - scroller.scrollLeft, y: start.y - scroller.scrollTop };
    if (frame === undefined) {
      if (Math.hypot(pointer.x - from.x, pointer.y - from.y) < THRESHOLD) return;
      frame = document.createElement('div');
      frame.className = 'm-frame';
      frame.setAttribute('aria-hidden', 'true');
      scroller.append(frame);
      document.documentElement.classList.add('m-framing');
      window.getSelection()?.removeAllRanges();
    }
    const box = new DOMRect(
      Math.min(from.x, pointer.x),
      Math.min(from.y, pointer.y),
      Math.abs(pointer.x - from.x),
      Math.abs(pointer.y - from.y),
    );
    frame.style.transform = `translate(${box.x}px, ${box.y}px)`;
    frame.style.width = `${box.width}px`;
    frame.style.height = `${box.height}px`;
    const touched = [...scroller.querySelectorAll<HTMLElement>('[data-card]')]
      .filter((card) => meet(box, card.getBoundingClientRect()))
      .map((card) => card.dataset.card ?? '');
    board.picked.set([...kept, ...touched]);
  };
  const onMove = (event: PointerEvent): void => {
    pointer = { x: event.clientX, y: event.clientY };
    draw();
  };
  const stop = (): void => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', stop);
    document.removeEventListener('keydown', onKey, true);
    document.documentElement.classList.remove('m-framing');
    frame?.remove();
  };
  const onUp = (event: PointerEvent): void => {
    const wasDrawn = frame !== undefined;
    stop();
    if (!wasDrawn) return;
    board.picked.tell();
    swallowClick(event);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    board.picked.set(kept);
    stop();
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', stop);
  document.addEventListener('keydown', onKey, true);
}

function meet(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
