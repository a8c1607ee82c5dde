// Dragging an opportunity onto a place that takes it: a status of the list, a cell of the matrix. Its words follow the pointer and the
// place below it is marked; nothing is written before the drop. A finger lifts with a long press, so that it can still scroll.
import { LONG_PRESS, prevent, pull, swallowClick, THRESHOLD } from '../map/dragging';

export interface DragRules {
  readonly lifted: (id: string) => void;
  readonly putBack: () => void;
  readonly dropped: (id: string, target: DOMStringMap) => void;
}

/** Elements with `data-drag` can be taken, elements with `data-drop` take them. Returns the way to stop. */
export function attachDrag(root: HTMLElement, rules: DragRules): () => void {
  let pressed: { element: HTMLElement; event: PointerEvent; timer: number | undefined } | undefined;
  let held: HTMLElement | undefined;
  let copy: HTMLElement | undefined;
  let target: HTMLElement | undefined;
  let pointer = { x: 0, y: 0 };
  let frame = 0;
  const scroller = scrollerOf(root);

  const onDown = (event: PointerEvent): void => {
    const from = event.target as HTMLElement;
    if (event.button !== 0 || held !== undefined || from.closest('input, textarea, a') !== null) {
      return;
    }
    const element = from.closest<HTMLElement>('[data-drag]');
    if (element === null) return;
    pointer = { x: event.clientX, y: event.clientY };
    const timer = event.pointerType === 'mouse' ? undefined : window.setTimeout(lift, LONG_PRESS);
    pressed = { element, event, timer };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', stop);
  };

  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== pressed?.event.pointerId) return;
    pointer = { x: event.clientX, y: event.clientY };
    if (held !== undefined) {
      event.preventDefault();
      return;
    }
    const { event: start, timer } = pressed;
    if (Math.hypot(pointer.x - start.clientX, pointer.y - start.clientY) <= THRESHOLD) return;
    // A finger that moves before the press is long enough scrolls.
    if (timer !== undefined) stop();
    else lift();
  };

  const lift = (): void => {
    if (pressed === undefined) return;
    const { element } = pressed;
    window.clearTimeout(pressed.timer);
    held = element;
    copy = document.createElement('div');
    copy.className = 'o-dragged';
    copy.setAttribute('aria-hidden', 'true');
    copy.textContent = element.querySelector('[data-words]')?.textContent ?? '';
    // Outside what scrolls, whose containment would make "fixed" mean something else.
    (root.closest('.o-screen') ?? document.body).append(copy);
    element.classList.add('m-lifted');
    document.documentElement.classList.add('m-dragging');
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('selectstart', prevent);
    root.addEventListener('touchmove', prevent, { passive: false });
    window.getSelection()?.removeAllRanges();
    rules.lifted(element.dataset.drag ?? '');
    frame = requestAnimationFrame(tick);
  };

  const tick = (): void => {
    if (copy === undefined) return;
    const view = scroller.getBoundingClientRect();
    const under = document.elementFromPoint(pointer.x, pointer.y);
    aim(under?.closest<HTMLElement>('[data-drop]') ?? undefined);
    scroller.scrollBy(
      pull(pointer.x, view.left, view.right),
      pull(pointer.y, view.top, Math.min(view.bottom, window.innerHeight)),
    );
    copy.style.transform = `translate(${pointer.x + 8}px, ${pointer.y + 8}px)`;
    frame = requestAnimationFrame(tick);
  };

  const aim = (next: HTMLElement | undefined): void => {
    const inside = next !== undefined && root.contains(next) ? next : undefined;
    if (inside === target) return;
    target?.classList.remove('o-aimed');
    target = inside;
    target?.classList.add('o-aimed');
  };

  const onUp = (event: PointerEvent): void => {
    if (event.pointerId !== pressed?.event.pointerId) return;
    if (held === undefined) {
      stop();
      return;
    }
    pointer = { x: event.clientX, y: event.clientY };
    aim(
      document.elementFromPoint(pointer.x, pointer.y)?.closest<HTMLElement>('[data-drop]') ??
        undefined,
    );
    const id = held.dataset.drag ?? '';
    const onto = target?.dataset;
    stop();
    swallowClick(event);
    if (onto === undefined) rules.putBack();
    else rules.dropped(id, onto);
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stop();
    rules.putBack();
  };

  const stop = (): void => {
    cancelAnimationFrame(frame);
    window.clearTimeout(pressed?.timer);
    aim(undefined);
    held?.classList.remove('m-lifted');
    copy?.remove();
    document.documentElement.classList.remove('m-dragging');
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener('selectstart', prevent);
    root.removeEventListener('touchmove', prevent);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', stop);
    pressed = undefined;
    held = undefined;
    copy = undefined;
  };

  const onMenu = (event: Event): void => {
    // A long press picks up; it opens no context menu.
    if (held !== undefined || pressed?.timer !== undefined) event.preventDefault();
  };

  root.addEventListener('pointerdown', onDown);
  root.addEventListener('contextmenu', onMenu);
  return () => {
    stop();
    root.removeEventListener('pointerdown', onDown);
    root.removeEventListener('contextmenu', onMenu);
  };
}

function scrollerOf(element: HTMLElement): HTMLElement {
  return element.closest<HTMLElement>('.o-scroller') ?? document.documentElement;
}

/** Whether a click was a tap. */
export function isTouch(event: Event): boolean {
  return 'pointerType' in event && event.pointerType === 'touch';
}
