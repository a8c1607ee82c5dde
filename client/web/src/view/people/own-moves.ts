// What a person does that shows they go their own way: scrolling or pressing on the map, typing, Escape. Going along the page with Tab, or
// pressing a button of a banner, is none of it.

const SCROLLING = new Set([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  ' ',
]);
const SILENT = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta']);
const OVER = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const TEXT = 'textarea, input, [contenteditable="true"]';

/** Whether that key means going one's own way; Escape in what lies over the page closes that first. */
export function isOwnKey(key: string, target: Element): boolean {
  if (SILENT.has(key)) return false;
  if (target.closest(OVER) !== null) return target.matches(TEXT) && key !== 'Escape';
  if (key === 'Escape' || target.closest('[role="grid"]') !== null || target.matches(TEXT)) {
    return true;
  }
  // A button that has the focus takes Space for itself; elsewhere these scroll.
  return SCROLLING.has(key) && target.closest('button, a, [role="toolbar"]') === null;
}

/** Calls `end` at the first of them; returns the way to stop. */
export function onOwnMove(end: () => void): () => void {
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  const onPointer = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest('.m-scroller') !== null) end();
  };
  window.addEventListener('wheel', onPointer, options);
  window.addEventListener('pointerdown', onPointer, options);
  window.addEventListener(
    'keydown',
    (event) => {
      if (!(event.target instanceof Element) || !isOwnKey(event.key, event.target)) return;
      // One key does one thing: this Escape ends the following and nothing else.
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
      }
      end();
    },
    { capture: true, signal: stop.signal },
  );
  return () => stop.abort();
}
