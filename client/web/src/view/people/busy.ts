// Whether somebody has their hands full: then no call takes them away from what they do; they are asked.
import type { Board } from '../map/board';

/** What lies over the page and has the keys to itself. */
const OVER = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const TEXT =
  'textarea, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="range"])';

export function isBusy(board: Board): boolean {
  const { activeElement } = document;
  return (
    board.editing.get() !== null ||
    board.typesInPanel ||
    board.aimed !== null ||
    activeElement?.closest(OVER) != null ||
    activeElement?.matches(TEXT) === true ||
    location.pathname.endsWith('/present')
  );
}
