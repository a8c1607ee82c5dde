// Whether the facilitator's panel is open, at which tab, and who is to have the focus: kept for the map, over its screens and over a reload.
// Small and loaded with the page; the panel itself comes later (`FacilitatePanel.tsx`).
import type { MapConnection } from '../../sync/connection';
import { createStore, type WritableStore } from '../../sync/store';
import type { Board } from '../map/board';
import { rememberedPanel, rememberPanel } from '../remembered';

interface Opening {
  readonly isOpen: WritableStore<boolean>;
  readonly tab: WritableStore<string | null>;
  /** The panel is to take the focus, once it is there. */
  readonly asked: WritableStore<boolean>;
  /** Where the person was who came to the panel by a key. */
  from: HTMLElement | null;
}

const openings = new WeakMap<MapConnection, Opening>();

export function openingOf({ connection }: Board): Opening {
  const known = openings.get(connection);
  if (known !== undefined) return known;
  const { mapId } = connection;
  const left = rememberedPanel(mapId);
  const opening: Opening = {
    isOpen: createStore(left.isOpen),
    tab: createStore(left.tab),
    asked: createStore(false),
    from: null,
  };
  const remember = (): void =>
    rememberPanel(mapId, { isOpen: opening.isOpen.get(), tab: opening.tab.get() });
  opening.isOpen.subscribe(remember);
  opening.tab.subscribe(remember);
  openings.set(connection, opening);
  return opening;
}

/** Beside the details of a card there is room for it only on a wide page. */
export const ONE_PANEL = '(max-width: 1279px)';
/** Here it lies over the whole of the map. */
export const COVERED = '(max-width: 720px)';

export function openPanel(board: Board, way: 'focus' | 'quiet'): void {
  const opening = openingOf(board);
  if (matchMedia(ONE_PANEL).matches) board.panel.set('closed');
  if (way === 'focus') {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && !isInPanel(activeElement)) {
      opening.from = activeElement;
    }
    opening.asked.set(true);
  }
  opening.isOpen.set(true);
}

/** Whoever is in it goes back to where they came from, else to the button that opens it. */
export function closePanel(board: Board): void {
  const opening = openingOf(board);
  const isIn = isInPanel(document.activeElement);
  const { from } = opening;
  opening.from = null;
  opening.isOpen.set(false);
  if (!isIn) return;
  const back = from?.isConnected === true && from !== document.body ? from : theButton();
  back?.focus({ preventScroll: true });
}

/** Opens it at a tab, from anywhere. */
export function openTab(board: Board, tab: string): void {
  openingOf(board).tab.set(tab);
  openPanel(board, 'focus');
}

/** By its key: there, and from there back. */
export function keyToPanel(board: Board): void {
  if (isInPanel(document.activeElement)) closePanel(board);
  else openPanel(board, 'focus');
}

/** By its button: who comes by keyboard or screen reader is taken along, a pointer leaves the focus where it is. */
export function pressPanel(
  board: Board,
  isShown: boolean,
  { pointerType }: { readonly pointerType: string },
): void {
  const isTaken = pointerType === 'keyboard' || pointerType === 'virtual';
  if (isShown) closePanel(board);
  else openPanel(board, isTaken ? 'focus' : 'quiet');
}

function isInPanel(element: Element | null): boolean {
  return element?.closest('.f-panel') != null;
}

function theButton(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.map-bar__facilitate');
}
