// Keeps what a person works at in its place on their screen while others add, move or delete around it.
// What counts is the text or card with the focus, or the cell a drag is over. It scrolls by as much as that was pushed, in
// the same frame, and only for others' changes: what one does oneself may well move things. A bar that comes or goes above
// the map pushes all of it.
import type { Board } from './board';

export interface Hold {
  /** The map may have changed without the grid changing its size: a lane moved past another. */
  check(): void;
  stop(): void;
}

export function holdStill(board: Board, scroller: HTMLElement, grid: HTMLElement): Hold {
  let held:
    | {
        readonly element: HTMLElement;
        readonly top: number;
        readonly left: number;
        /** Where the map itself began. */
        readonly edge: number;
      }
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
    held = isSeen ? { element, top, left, edge: view.top } : undefined;
  };
  const check = (): void => {
    if (held?.element === looked() && held?.element.isConnected) {
      const { top, left } = held.element.getBoundingClientRect();
      const shift = scroller.getBoundingClientRect().top - held.edge;
      // No further than to the headers: what is kept in its place must not go under them.
      const room = top - (grid.firstElementChild?.getBoundingClientRect().bottom ?? top);
      const down = board.journey.isOthers ? top - held.top : shift;
      const right = board.journey.isOthers ? left - held.left : 0;
      const by = shift > 0 ? Math.min(down, Math.max(0, room)) : down;
      if (by !== 0 || right !== 0) scroller.scrollBy({ top: by, left: right, behavior: 'instant' });
    }
    note();
  };
  const observer = new ResizeObserver(check);
  observer.observe(grid);
  observer.observe(scroller);
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
