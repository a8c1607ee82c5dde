// Dragging cards, stages and lanes with a pointer.
// One listener on the grid. While something is dragged nothing is written and React draws nothing: a copy follows the
// pointer, a line shows where it would land, and the others see it through presence. The drop is one move.
import { setPresence } from '../../sync/presence';
import { toast } from '../ui';
import { dropped as droppedAt } from './arrange';
import type { Board } from './board';
import { arrange, cardsOf, nameOf } from './cardActs';
import { reorder } from './structureActs';

/** Pointer travel before a press becomes a drag, in CSS pixels. */
export const THRESHOLD = 5;
/** How long a finger rests before it picks a card up. Milliseconds. */
export const LONG_PRESS = 320;
/** Distance from the edge within which the map scrolls, and the most it scrolls per frame. CSS pixels. */
const EDGE = 56;
const SPEED = 16;

interface CardTarget {
  readonly lane: string;
  readonly stage: string;
  readonly index: number;
}

interface HeadTarget {
  readonly beside: string;
  readonly side: 'before' | 'after';
}

interface Held {
  /** Picked up by a finger that has not moved since. */
  rested: boolean;
  readonly element: HTMLElement;
  readonly what: 'card' | 'stages' | 'lanes';
  readonly id: string;
  /** The cards that go along: all that are selected when this one is among them. */
  readonly ids: readonly string[];
  readonly pointer: number;
  /** Where in the element it was taken. */
  readonly grip: { readonly x: number; readonly y: number };
}

export function attachDragging(board: Board, scroller: HTMLElement): () => void {
  let pressed: (Held & { x: number; y: number; timer: number | undefined }) | undefined;
  let held: Held | undefined;
  let copy: HTMLElement | undefined;
  let cardTarget: CardTarget | undefined;
  let headTarget: HeadTarget | undefined;
  let pointer = { x: 0, y: 0 };
  /** Where the press began. */
  let taken = { x: 0, y: 0 };
  let frame = 0;
  let stopWatching: (() => void) | undefined;
  const mark = document.createElement('div');
  mark.className = 'm-drop';
  mark.setAttribute('aria-hidden', 'true');

  const grabbed = (event: PointerEvent): Held | undefined => {
    const target = event.target as HTMLElement;
    if (target.closest('textarea, input, button, a, [data-no-drag], [data-add], [data-details]')) {
      return undefined;
    }
    const element = target.closest<HTMLElement>('[data-card], [data-head]');
    if (element === null || element.querySelector('textarea') !== null) return undefined;
    const { card, head, id } = element.dataset;
    const box = element.getBoundingClientRect();
    const rest = {
      rested: false,
      element,
      pointer: event.pointerId,
      grip: { x: event.clientX - box.left, y: event.clientY - box.top },
    };
    if (card !== undefined) {
      const ids = board.picked.has(card) ? board.picked.shown() : [card];
      return { ...rest, what: 'card', id: card, ids };
    }
    if ((head === 'stages' || head === 'lanes') && id !== undefined) {
      return { ...rest, what: head, id, ids: [id] };
    }
    return undefined;
  };

  const onDown = (event: PointerEvent): void => {
    // With a modifier a press selects.
    if (event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (board.readOnly || event.button !== 0 || held !== undefined) return;
    const found = grabbed(event);
    if (found === undefined) return;
    const timer = event.pointerType === 'mouse' ? undefined : window.setTimeout(lift, LONG_PRESS);
    pressed = { ...found, x: event.clientX, y: event.clientY, timer };
    taken = { x: event.clientX, y: event.clientY };
    pointer = { x: event.clientX, y: event.clientY };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', stop);
  };

  const onMove = (event: PointerEvent): void => {
    const active = held ?? pressed;
    if (active === undefined || event.pointerId !== active.pointer) return;
    pointer = { x: event.clientX, y: event.clientY };
    if (held !== undefined) {
      held.rested &&= Math.hypot(event.clientX - taken.x, event.clientY - taken.y) <= THRESHOLD;
      event.preventDefault();
      return;
    }
    if (pressed === undefined) return;
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > THRESHOLD;
    if (!moved) return;
    // A finger that moves before the press is long enough scrolls the map.
    if (pressed.timer !== undefined) stop();
    else lift();
  };

  const lift = (): void => {
    if (pressed === undefined) return;
    window.clearTimeout(pressed.timer);
    if (pressed.what === 'card' ? board.refusesCards(pressed.ids) : board.refuses()) {
      stop();
      return;
    }
    held = pressed;
    held.rested = pressed.timer !== undefined;
    pressed = undefined;
    const { element, what, id } = held;
    const box = element.getBoundingClientRect();
    copy = element.cloneNode(true) as HTMLElement;
    copy.removeAttribute('data-spot');
    copy.removeAttribute('id');
    copy.setAttribute('aria-hidden', 'true');
    copy.classList.add('m-dragged');
    // Its colours come from the cell it was taken from.
    const kind = [...(element.closest('.m-cell')?.classList ?? [])].find((name) =>
      name.startsWith('m-cell--'),
    );
    if (kind !== undefined) copy.classList.add(kind.replace('m-cell--', 'm-kind--'));
    // It flies outside the sheet, as large as it was in it.
    const zoom = board.looking.zoom.get();
    copy.style.zoom = String(zoom);
    copy.style.width = `${box.width / zoom}px`;
    copy.style.height = what === 'card' ? '' : `${Math.min(box.height, 120) / zoom}px`;
    if (held.ids.length > 1) {
      copy.classList.add('m-dragged--many');
      copy.dataset.count = String(held.ids.length);
    }
    // Inside the editor, so that its colours and sizes hold for the copy, too.
    (scroller.parentElement ?? document.body).append(copy);
    for (const one of elementsOf(held)) one.classList.add('m-lifted');
    stopWatching = watch(held);
    document.documentElement.classList.add('m-dragging');
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('selectstart', prevent);
    scroller.addEventListener('touchmove', prevent, { passive: false });
    window.getSelection()?.removeAllRanges();
    if (what === 'card') board.say(`Picked up ${nameOf(board, cardsOf(board, held.ids))}`);
    else board.say(`Picked up ${board.journey[what].get(id)?.title ?? ''}`);
    frame = requestAnimationFrame(tick);
  };

  /** Follows the pointer once a frame: reads first, then writes. */
  const tick = (): void => {
    if (held === undefined || copy === undefined) return;
    const view = scroller.getBoundingClientRect();
    const zoom = board.looking.zoom.get();
    const dx = pull(pointer.x, view.left, view.right);
    const dy = pull(pointer.y, view.top, view.bottom);
    const line = aim(held);
    if (dx !== 0 || dy !== 0) scroller.scrollBy(dx, dy);
    copy.style.transform = `translate(${(pointer.x - held.grip.x) / zoom}px, ${(pointer.y - held.grip.y) / zoom}px) rotate(${held.what === 'card' ? 1.2 : 0}deg)`;
    if (line === undefined) mark.remove();
    else {
      if (!mark.isConnected) copy.before(mark);
      mark.style.transform = `translate(${line.left}px, ${line.top}px)`;
      mark.style.width = `${line.width}px`;
      mark.style.height = `${line.height}px`;
    }
    frame = requestAnimationFrame(tick);
  };

  interface Line {
    left: number;
    top: number;
    width: number;
    height: number;
  }

  const elementsOf = ({ what, element, ids }: Held): readonly HTMLElement[] =>
    what === 'card'
      ? ids.flatMap((id) => board.elementOf({ kind: 'card', card: id, lane: '', stage: '' }) ?? [])
      : [element];

  /** Somebody else may delete what one holds: then there is nothing left to drop. */
  const watch = ({ what, id }: Held): (() => void) => {
    const store = what === 'card' ? board.journey.card(id) : board.journey[what].one(id);
    return store.subscribe(() => {
      if (store.get() !== undefined) return;
      stop();
      const name = what === 'card' ? 'card' : what === 'stages' ? 'stage' : 'lane';
      toast({ title: `Someone else deleted the ${name} you were moving` });
    });
  };

  /** Finds what lies under the pointer, and where in it the drop would land. */
  const aim = (dragged: Held): Line | undefined => {
    const under = document.elementFromPoint(pointer.x, pointer.y);
    return dragged.what === 'card' ? aimCard(under, dragged) : aimHead(under, dragged);
  };

  const aimCard = (under: Element | null, { ids }: Held): Line | undefined => {
    const cell = under?.closest<HTMLElement>('[data-lane][data-stage]');
    const lane = cell?.dataset.lane;
    const stage = cell?.dataset.stage;
    if (!cell || lane === undefined || stage === undefined) {
      share(undefined);
      board.aimed = null;
      cardTarget = undefined;
      return undefined;
    }
    const cards = [...cell.querySelectorAll<HTMLElement>('[data-card]')].filter(
      (element) => !ids.includes(element.dataset.card ?? ''),
    );
    const boxes = cards.map((element) => element.getBoundingClientRect());
    const found = boxes.findIndex((box) => pointer.y < box.top + box.height / 2);
    const index = found < 0 ? boxes.length : found;
    const before = boxes[index - 1];
    const after = boxes[index];
    const area = cell.getBoundingClientRect();
    const band = cell.querySelector('.m-band')?.getBoundingClientRect().height ?? 0;
    const top =
      before !== undefined && after !== undefined
        ? (before.bottom + after.top) / 2
        : before !== undefined
          ? before.bottom + 4
          : after !== undefined
            ? after.top - 4
            : area.top + band + 8;
    board.aimed = cell;
    if (cardTarget?.lane !== lane || cardTarget.stage !== stage) share({ lane, stage });
    cardTarget = { lane, stage, index };
    return { left: area.left + 8, top: top - 1.5, width: area.width - 16, height: 3 };
  };

  const aimHead = (under: Element | null, dragged: Held): Line | undefined => {
    headTarget = undefined;
    const across = dragged.what === 'stages';
    const cell = under?.closest<HTMLElement>('[data-lane][data-stage], [data-head]');
    const id = across
      ? (cell?.dataset.stage ?? (cell?.dataset.head === 'stages' ? cell.dataset.id : undefined))
      : (cell?.dataset.lane ?? (cell?.dataset.head === 'lanes' ? cell.dataset.id : undefined));
    if (id === undefined || id === dragged.id) return undefined;
    const head = scroller.querySelector<HTMLElement>(
      `[data-head="${dragged.what}"][data-id="${CSS.escape(id)}"]`,
    );
    const view = scroller.getBoundingClientRect();
    const box = head?.getBoundingClientRect();
    if (box === undefined) return undefined;
    if (across) {
      const side = pointer.x < box.left + box.width / 2 ? 'before' : 'after';
      headTarget = { beside: id, side };
      const left = side === 'before' ? box.left : box.right;
      return { left: left - 1.5, top: view.top, width: 3, height: view.height };
    }
    const side = pointer.y < box.top + box.height / 2 ? 'before' : 'after';
    headTarget = { beside: id, side };
    const top = side === 'before' ? box.top : box.bottom;
    return { left: view.left, top: top - 1.5, width: view.width, height: 3 };
  };

  const share = (place: { lane: string; stage: string } | undefined): void => {
    if (held === undefined) return;
    setPresence(board.connection, {
      drag: place === undefined ? undefined : { card: held.id, ...place },
    });
  };

  const onUp = (event: PointerEvent): void => {
    const active = held ?? pressed;
    if (active === undefined || event.pointerId !== active.pointer) return;
    // Where it was let go, in the map as it is now: others may have changed what lies there since the last frame.
    pointer = { x: event.clientX, y: event.clientY };
    if (held !== undefined) aim(held);
    const dropped = held;
    const card = cardTarget;
    const head = headTarget;
    stop();
    if (dropped === undefined) return;
    if (dropped.what === 'card') {
      if (dropped.rested) {
        pickOut(dropped.id);
      } else if (card !== undefined) drop(dropped, card);
    } else if (head !== undefined) {
      reorder(board, dropped.what, dropped.id, head.beside, head.side);
    }
    swallowClick(event);
  };

  const drop = ({ id, ids }: Held, target: CardTarget): void => {
    const shape = board.shape();
    // Others may have taken the place away since the pointer last came over it.
    if (!shape.lanes.includes(target.lane) || !shape.stages.includes(target.stage)) {
      board.say('That place was deleted meanwhile. Put back');
      return;
    }
    const cards = cardsOf(board, ids);
    const lead = cards.find((card) => card.id === id);
    if (lead !== undefined) arrange(board, droppedAt(cards, lead, target, shape), id);
  };

  /** A finger that picked a card up and let it go where it was has selected it. */
  const pickOut = (id: string): void => {
    const card = board.journey.card(id).get();
    if (card === undefined) return;
    const spot = { kind: 'card', card: id, lane: card.lane, stage: card.stage } as const;
    board.picked.toggle(spot);
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stop();
    board.say('Put back');
  };

  const stop = (): void => {
    cancelAnimationFrame(frame);
    window.clearTimeout(pressed?.timer);
    if (held?.what === 'card') setPresence(board.connection, { drag: undefined });
    stopWatching?.();
    stopWatching = undefined;
    board.aimed = null;
    for (const lifted of scroller.querySelectorAll('.m-lifted')) {
      lifted.classList.remove('m-lifted');
    }
    copy?.remove();
    mark.remove();
    document.documentElement.classList.remove('m-dragging');
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener('selectstart', prevent);
    scroller.removeEventListener('touchmove', prevent);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', stop);
    pressed = undefined;
    held = undefined;
    copy = undefined;
    cardTarget = undefined;
    headTarget = undefined;
  };

  const onMenu = (event: Event): void => {
    // A long press picks up; it opens no context menu.
    if (held !== undefined || pressed?.timer !== undefined) event.preventDefault();
  };

  scroller.addEventListener('pointerdown', onDown);
  scroller.addEventListener('contextmenu', onMenu);
  return () => {
    stop();
    scroller.removeEventListener('pointerdown', onDown);
    scroller.removeEventListener('contextmenu', onMenu);
  };
}

export function pull(at: number, low: number, high: number): number {
  if (at < low + EDGE) return -SPEED * Math.min(1, (low + EDGE - at) / EDGE);
  if (at > high - EDGE) return SPEED * Math.min(1, (at - high + EDGE) / EDGE);
  return 0;
}

export function prevent(event: Event): void {
  event.preventDefault();
}

/** How long after a finger is lifted its click may come. Milliseconds. */
const LATE_CLICK = 500;

/**
 * Ends the click that the end of a drag would be, before anybody hears of it. A mouse's comes with the release itself, a finger's some
 * time after it; the next press is another's.
 */
export function swallowClick({ pointerType }: PointerEvent): void {
  const capture = { capture: true };
  const done = (): void => {
    window.removeEventListener('click', swallow, capture);
    window.removeEventListener('pointerdown', done, capture);
    clearTimeout(timer);
  };
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    done();
  };
  window.addEventListener('click', swallow, capture);
  window.addEventListener('pointerdown', done, capture);
  const timer = setTimeout(done, pointerType === 'mouse' ? 0 : LATE_CLICK);
}
