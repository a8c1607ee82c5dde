// Takes this person's view to a place of the map: smoothly, or at once for who asked for less motion. Called by `Company` alone, for a
// facilitator's call and for following: nothing else may move a view.
import { flushSync } from 'react-dom';
import type { Board } from '../map/board';
import type { Spot } from '../map/spot';
import { isWithin } from './place';

/** What a person does that shows they are going somewhere themselves. */
const OWN_MOVES = ['wheel', 'pointerdown', 'keydown'] as const;
/** Longer than any browser scrolls smoothly, where it does not say when it has come to the end. Milliseconds. */
const LONGEST = 1500;

/**
 * Goes there and stands there; from another screen, to the map first. `free` takes the focus along only where it is on the map or nowhere:
 * who is in a panel is shown the place and stays there.
 */
export function goThere(board: Board, spot: Spot, focus: 'take' | 'free'): void {
  if (board.grid === null) {
    board.visit(spot);
    point(board, spot);
    return;
  }
  if ('lane' in spot) board.looking.reveal(spot.lane);
  if (focus === 'take' || isFree(board.grid)) {
    board.go(spot, 'quiet');
    board.focusSpot({ preventScroll: true });
  }
  show(board, spot);
  point(board, spot);
}

/** Shows the place and stands where one stood: two who follow each other must come to rest. */
export function lookThere(board: Board, spot: Spot): void {
  if (board.grid === null) {
    board.visit(spot, 'quiet');
    return;
  }
  if ('lane' in spot) board.looking.reveal(spot.lane);
  show(board, spot);
}

function isFree(grid: HTMLElement): boolean {
  const { activeElement } = document;
  return (
    activeElement === null ||
    activeElement === document.body ||
    activeElement.id === 'main' ||
    grid.contains(activeElement)
  );
}

/** The focus goes back to where this person stands, without moving what they see: a banner's button is about to go. */
export function backToOwn(board: Board): void {
  if (board.grid !== null) board.focusSpot({ preventScroll: true });
  else document.getElementById('main')?.focus({ preventScroll: true });
}

function show(board: Board, spot: Spot): void {
  flushSync(() => undefined);
  const scroller = board.grid?.closest<HTMLElement>('.m-scroller');
  const element = board.elementOf(spot);
  if (!scroller || element === null) return;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const into = (behavior: ScrollBehavior): void =>
    board.elementOf(spot)?.scrollIntoView({ block: 'center', inline: 'center', behavior });
  into(isCalm ? 'instant' : 'smooth');
  if (isCalm) return;
  // Cards on the way are drawn as they come into sight, and what others write moves things: where the way went astray, it is mended at its end.
  const stop = new AbortController();
  const { signal } = stop;
  const arrive = (): void => {
    stop.abort();
    clearTimeout(timer);
    const there = board.elementOf(spot);
    if (there !== null && !isWithin(there, scroller.getBoundingClientRect())) into('instant');
  };
  const timer = setTimeout(arrive, LONGEST);
  scroller.addEventListener('scrollend', arrive, { signal });
  for (const move of OWN_MOVES) {
    window.addEventListener(
      move,
      () => {
        stop.abort();
        clearTimeout(timer);
      },
      { capture: true, signal },
    );
  }
}

/** A ring around the place that fades: the eye finds it, also where the focus stays elsewhere. */
function point(board: Board, spot: Spot): void {
  requestAnimationFrame(() => {
    const element = board.elementOf(spot);
    if (element === null || typeof element.animate !== 'function') return;
    const ring = (alpha: number): Keyframe => ({
      outline: `3px solid color-mix(in srgb, var(--focus) ${alpha}%, transparent)`,
      outlineOffset: '3px',
    });
    element.animate([ring(100), { ...ring(100), offset: 0.6 }, ring(0)], { duration: 2400 });
  });
}
