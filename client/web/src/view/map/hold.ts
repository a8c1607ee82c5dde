// Keeps what a person works at in its place on their screen while others add, move or delete around it.
// What counts is the text or card with the focus, or the cell a drag is over. It scrolls by as much as that was pushed, in
// the same frame, and only for others' changes: what one does oneself may well move things.
import type { Board } from './board';

export interface Hold {
  /** The map may have changed without the grid changing its size: a lane moved past another. */
  check(): void;
  stop(): void;
}

export function holdStill(board: Board, scroller: HTMLElement, grid: HTMLElement): Hold {
  let held:
    | { readonly element: HTMLElement; readonly top: number; readonly left: number }
    | undefined;

  const looked = (): HTMLElement | null => {
    if (board.aimed !== null) return board.aimed;
    const focused = document.activeElement;
    return focused instanceof HTMLElement && grid.contains(focused) ? focused : null;
  };
  const note = (): void => {
    const element = looked();
    if (element === null) {
      held = undefined;
      return;
    }
    const { top, left, bottom, right } = element.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    const isSeen = bottom > view.top && top < view.bottom && right > view.left && left < view.right;
    held = isSeen ? { element, top, left } : undefined;
  };
  const check = (): void => {
    if (held?.element === looked() && held?.element.isConnected && board.journey.isOthers) {
      const { top, left } = held.element.getBoundingClientRect();
      const down = top - held.top;
      const right = left - held.left;
      if (down !== 0 || right !== 0)
        scroller.scrollBy({ top: down, left: right, behavior: 'instant' });
    }
    note();
  };
  const observer = new ResizeObserver(check);
  observer.observe(grid);
  grid.addEventListener('focusin', note);
  scroller.addEventListener('scroll', note, { passive: true });
  window.addEventListener('resize', note);
  note();
  return {
    check,
    stop: () => {
      observer.disconnect();
      grid.removeEventListener('focusin', note);
      scroller.removeEventListener('scroll', note);
      window.removeEventListener('resize', note);
    },
  };
}
