// Dragging a step by its grip to another place of the agenda. A line shows where it will be; nothing is sent before the drop, and Esc puts
// it back. A finger takes it at once: a grip does not scroll.
import { prevent, pull, THRESHOLD } from '../../map/dragging';

/** Rows carry `data-step`, grips `data-grip`. Returns the way to stop. */
export function attachReordering(
  list: HTMLElement,
  drop: (step: string, index: number) => void,
): () => void {
  let pressed: { readonly row: HTMLElement; readonly event: PointerEvent } | undefined;
  let isHeld = false;
  let at = 0;
  let frame = 0;
  let marked: HTMLElement | undefined;

  const others = (): readonly HTMLElement[] =>
    [...list.querySelectorAll<HTMLElement>(':scope > [data-step]')].filter(
      (row) => row !== pressed?.row,
    );
  /** The place among the others that the pointer is at. */
  const place = (): number =>
    others().filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2 < at;
    }).length;

  const onDown = (event: PointerEvent): void => {
    const row = (event.target as HTMLElement)
      .closest('[data-grip]')
      ?.closest<HTMLElement>('[data-step]');
    if (event.button !== 0 || pressed !== undefined || !row) return;
    pressed = { row, event };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', stop);
  };

  const onMove = (event: PointerEvent): void => {
    if (pressed === undefined || event.pointerId !== pressed.event.pointerId) return;
    at = event.clientY;
    if (isHeld || Math.abs(at - pressed.event.clientY) <= THRESHOLD) return;
    isHeld = true;
    pressed.row.classList.add('f-step--lifted');
    document.documentElement.classList.add('m-dragging');
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('selectstart', prevent);
    frame = requestAnimationFrame(tick);
  };

  const tick = (): void => {
    if (pressed === undefined) return;
    const scroller = list.closest<HTMLElement>('.f-tab');
    if (scroller !== null) {
      const { top, bottom } = scroller.getBoundingClientRect();
      scroller.scrollBy(0, pull(at, top, bottom));
    }
    pressed.row.style.transform = `translateY(${at - pressed.event.clientY}px)`;
    mark();
    frame = requestAnimationFrame(tick);
  };

  const mark = (): void => {
    const rows = others();
    const index = place();
    const row = rows[index] ?? rows.at(-1);
    if (marked !== row) delete marked?.dataset.drop;
    marked = row;
    if (row !== undefined) row.dataset.drop = index < rows.length ? 'before' : 'after';
  };

  const onUp = (event: PointerEvent): void => {
    if (pressed === undefined || event.pointerId !== pressed.event.pointerId) return;
    at = event.clientY;
    const step = pressed.row.dataset.step;
    const index = place();
    const isDropped = isHeld;
    stop();
    if (isDropped && step !== undefined) drop(step, index);
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stop();
  };

  const stop = (): void => {
    cancelAnimationFrame(frame);
    delete marked?.dataset.drop;
    marked = undefined;
    if (pressed !== undefined) {
      pressed.row.classList.remove('f-step--lifted');
      pressed.row.style.transform = '';
    }
    document.documentElement.classList.remove('m-dragging');
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener('selectstart', prevent);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', stop);
    pressed = undefined;
    isHeld = false;
  };

  list.addEventListener('pointerdown', onDown);
  return () => {
    stop();
    list.removeEventListener('pointerdown', onDown);
  };
}
