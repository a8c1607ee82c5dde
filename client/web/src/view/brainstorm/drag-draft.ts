// Dragging a draft to another cell of the brainstorm with a pointer. Nobody else sees it, so nothing of it goes into presence. A finger
// rests on it first, as on a card; from the keyboard it is Alt and an arrow.
import type { PointerEvent } from 'react';
import type { Draft } from '../../facilitation/drafts';
import type { Board } from '../map/board';
import { LONG_PRESS, prevent, pull, swallowClick, THRESHOLD } from '../map/dragging';
import type { WritingDesk } from './writing-desk';

export function dragDraft(
  board: Board,
  desk: WritingDesk,
  draft: Draft,
  down: PointerEvent<HTMLElement>,
): void {
  const scroller = down.currentTarget.closest<HTMLElement>('.m-scroller');
  if (down.button !== 0 || scroller === null) return;
  const element = down.currentTarget;
  const box = element.getBoundingClientRect();
  const grip = { x: down.clientX - box.left, y: down.clientY - box.top };
  let at = { x: down.clientX, y: down.clientY };
  let copy: HTMLElement | undefined;
  let aimed: HTMLElement | null = null;
  let frame = 0;

  /** Finds the cell under the pointer that takes drafts. */
  const under = (): HTMLElement | null => {
    const found = document.elementFromPoint(at.x, at.y);
    const cell = found?.closest<HTMLElement>('[data-lane][data-stage]') ?? null;
    const { lane, stage } = cell?.dataset ?? {};
    return lane !== undefined && stage !== undefined && desk.takes(lane, stage) ? cell : null;
  };
  const aim = (cell: HTMLElement | null): void => {
    if (cell === aimed) return;
    aimed?.classList.remove('b-aimed');
    aimed = cell;
    aimed?.classList.add('b-aimed');
  };
  const lift = (): void => {
    clearTimeout(timer);
    copy = element.cloneNode(true) as HTMLElement;
    copy.removeAttribute('data-spot');
    copy.setAttribute('aria-hidden', 'true');
    copy.classList.add('m-dragged');
    const kind = [...(element.closest('.m-cell')?.classList ?? [])].find((name) =>
      name.startsWith('m-cell--'),
    );
    if (kind !== undefined) copy.classList.add(kind.replace('m-cell--', 'm-kind--'));
    const zoom = board.looking.zoom.get();
    copy.style.zoom = String(zoom);
    copy.style.width = `${box.width / zoom}px`;
    (scroller.parentElement ?? document.body).append(copy);
    element.classList.add('m-lifted');
    document.documentElement.classList.add('m-dragging');
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('selectstart', prevent);
    scroller.addEventListener('touchmove', prevent, { passive: false });
    window.getSelection()?.removeAllRanges();
    frame = requestAnimationFrame(tick);
  };
  const tick = (): void => {
    if (copy === undefined) return;
    const view = scroller.getBoundingClientRect();
    const dx = pull(at.x, view.left, view.right);
    const dy = pull(at.y, view.top, view.bottom);
    if (dx !== 0 || dy !== 0) scroller.scrollBy(dx, dy);
    const zoom = board.looking.zoom.get();
    copy.style.transform = `translate(${(at.x - grip.x) / zoom}px, ${(at.y - grip.y) / zoom}px)`;
    aim(under());
    frame = requestAnimationFrame(tick);
  };
  const onMove = (event: globalThis.PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    if (copy !== undefined) {
      event.preventDefault();
      return;
    }
    if (Math.hypot(at.x - down.clientX, at.y - down.clientY) <= THRESHOLD) return;
    // A finger that moves before the press is long enough scrolls the map.
    if (timer === undefined) lift();
    else stop();
  };
  const onUp = (event: globalThis.PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    const wasLifted = copy !== undefined;
    const { lane, stage } = (wasLifted ? under() : null)?.dataset ?? {};
    stop();
    if (!wasLifted) return;
    swallowClick(event);
    if (lane !== undefined && stage !== undefined) desk.move(draft, lane, stage);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stop();
    board.say('Put back');
  };
  const stop = (): void => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    aim(null);
    copy?.remove();
    copy = undefined;
    element.classList.remove('m-lifted');
    document.documentElement.classList.remove('m-dragging');
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener('selectstart', prevent);
    scroller.removeEventListener('touchmove', prevent);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', stop);
  };
  const timer = down.pointerType === 'mouse' ? undefined : setTimeout(lift, LONG_PRESS);
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', stop);
}
