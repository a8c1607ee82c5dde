// How near one looks: the size of the sheet on screen. The browser's own zoom (Ctrl + and −, two fingers) is left alone; it is how
// people make words large enough to read. Ctrl with the wheel over the map zooms the map, as in every editor of boards.
import { flushSync } from 'react-dom';
import { rememberZoom } from '../../remembered';
import type { Board } from '../board';

export const ZOOM_MIN = 0.5;
export const ZOOM_MAX = 1.5;
/** A whole map of many lanes may be shown smaller than anybody would choose by hand. */
export const ZOOM_FIT_MIN = 0.25;
/** Keeps lengths from easing to their new size while they are measured. */
const SIZING = 'm-sheet--sizing';
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5];

export function zoomText(zoom: number): string {
  return `${Math.round(zoom * 100)} %`;
}

/** The next step nearer (1) or farther (−1) from where one is. */
export function stepFrom(zoom: number, by: 1 | -1): number {
  const near = 0.005;
  const next =
    by > 0
      ? STEPS.find((step) => step > zoom + near)
      : STEPS.findLast((step) => step < zoom - near && step >= ZOOM_MIN);
  return next ?? Math.min(ZOOM_MAX, zoom);
}

/** The largest zoom from `ZOOM_FIT_MIN` to full size that `fits`; in whole per cent. */
export function largestThat(fits: (zoom: number) => boolean): number {
  let [low, high] = [Math.round(ZOOM_FIT_MIN * 100), 100];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle / 100)) low = middle;
    else high = middle - 1;
  }
  return low / 100;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Sets the zoom and keeps what is under `point` (of the window; by default the middle of the map) where it is. */
export function zoomTo(board: Board, zoom: number, point?: Point): void {
  const scroller = board.grid?.closest<HTMLElement>('.m-scroller');
  const before = board.looking.zoom.get();
  if (zoom === before) return;
  if (scroller === null || scroller === undefined) {
    board.looking.zoom.set(zoom);
    return;
  }
  const frame = scroller.getBoundingClientRect();
  const at = point ?? { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
  // A cell is the surest hold: columns fill the room there is, so that widths do not grow in step with the zoom.
  const hold = document
    .elementsFromPoint(at.x, at.y)
    .find((one) => one.matches('.m-cell, .m-head'));
  const box = hold?.getBoundingClientRect();
  const { scrollLeft, scrollTop } = scroller;
  // What is measured next must be drawn already, at its last size: a change of zoom is a change of every length.
  const sheet = scroller.firstElementChild;
  sheet?.classList.add(SIZING);
  flushSync(() => board.looking.zoom.set(zoom));
  rememberZoom(zoom);
  if (hold !== undefined && box !== undefined && hold.isConnected) {
    const now = hold.getBoundingClientRect();
    const dx = now.left + ((at.x - box.left) / box.width) * now.width - at.x;
    const dy = now.top + ((at.y - box.top) / box.height) * now.height - at.y;
    scroller.scrollTo(scroller.scrollLeft + dx, scroller.scrollTop + dy);
  } else {
    const grown = zoom / before;
    scroller.scrollTo(
      (scrollLeft + at.x - frame.left) * grown - (at.x - frame.left),
      (scrollTop + at.y - frame.top) * grown - (at.y - frame.top),
    );
  }
  sheet?.classList.remove(SIZING);
}

/** Shows the whole width of the map, or all of it; never larger than life. */
export function zoomToFit(board: Board, what: 'width' | 'map'): void {
  const scroller = board.grid?.closest<HTMLElement>('.m-scroller');
  const sheet = board.grid?.closest<HTMLElement>('.m-sheet');
  if (!scroller || !sheet) return;
  sheet.classList.add(SIZING);
  sheet.style.zoom = '1';
  const least = Number.parseFloat(getComputedStyle(sheet).minWidth);
  // Rows are lower where columns are wider, so that the height is asked for and not reckoned.
  const zoom = largestThat((tried) => {
    sheet.style.zoom = String(tried);
    const isWithin = least * tried <= scroller.clientWidth;
    return what === 'width'
      ? isWithin
      : isWithin && sheet.offsetHeight * tried <= scroller.clientHeight;
  });
  sheet.style.zoom = String(board.looking.zoom.get());
  sheet.classList.remove(SIZING);
  zoomTo(board, zoom);
  scroller.scrollTo(0, what === 'map' ? 0 : scroller.scrollTop);
}

/** Ctrl and the wheel over the map; a trackpad's pinch comes as the same. */
export function attachWheel(board: Board, scroller: HTMLElement): () => void {
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    // A wheel's notch is some hundred units, a pinch comes in single ones: both feel as far as they are.
    const grown = board.looking.zoom.get() * Math.exp(-clamp(event.deltaY, -60, 60) / 240);
    const zoom = Math.round(clamp(grown, ZOOM_MIN, ZOOM_MAX) * 1000) / 1000;
    zoomTo(board, zoom, { x: event.clientX, y: event.clientY });
  };
  scroller.addEventListener('wheel', onWheel, { passive: false });
  return () => scroller.removeEventListener('wheel', onWheel);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
