// Keeps the focus where a person has it when the element under it is taken away or drawn anew elsewhere: by somebody else's edit, by
// one's own, by a sort. It never scrolls.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** `find` gives the element the focus belongs on. It is asked only when the focus has been lost, and may say so. */
export function useKeptFocus(
  root: RefObject<HTMLElement | null>,
  find: () => HTMLElement | null,
): void {
  const holds = useRef(false);
  const latest = useRef(find);
  const restore = useRef(() => {
    const { activeElement } = document;
    if (!holds.current || (activeElement !== null && activeElement !== document.body)) return;
    latest.current()?.focus({ preventScroll: true });
  });
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const onIn = (): void => {
      holds.current = true;
    };
    const onOut = (event: FocusEvent): void => {
      const { target, relatedTarget } = event;
      if (relatedTarget instanceof Node && element.contains(relatedTarget)) return;
      // An element that was taken away has not let go of the focus.
      queueMicrotask(() => {
        if (target instanceof Node && target.isConnected) holds.current = false;
      });
    };
    holds.current = element.contains(document.activeElement);
    element.addEventListener('focusin', onIn);
    element.addEventListener('focusout', onOut);
    // What is inside may be drawn anew without the component that calls this.
    const changed = new MutationObserver(restore.current);
    changed.observe(element, { childList: true, subtree: true });
    return () => {
      changed.disconnect();
      element.removeEventListener('focusin', onIn);
      element.removeEventListener('focusout', onOut);
    };
  }, [root]);
  useLayoutEffect(() => {
    latest.current = find;
    restore.current();
  });
}

/**
 * For what is no grid: the nearest part with a name that is still there. Never the button next to one that is gone: who presses Enter
 * in that moment means the one that was there.
 */
export function useKeptPlace(
  root: RefObject<HTMLElement | null>,
  {
    lost,
    instead,
  }: {
    readonly lost?: () => void;
    /** Where to, rather than to what is around `root`, when no part is left. */
    readonly instead?: () => HTMLElement | null;
  } = {},
): void {
  const around = useRef<readonly HTMLElement[]>([]);
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const onIn = (event: FocusEvent): void => {
      const parts: HTMLElement[] = [];
      for (let at = event.target; at instanceof HTMLElement && at !== element; at = at.parentNode) {
        if (at.matches('section[aria-label]')) parts.push(at);
      }
      around.current = parts;
    };
    element.addEventListener('focusin', onIn);
    return () => element.removeEventListener('focusin', onIn);
  }, [root]);
  useKeptFocus(root, () => {
    const left = around.current.find(({ isConnected }) => isConnected);
    const part = left ?? instead?.() ?? root.current?.closest<HTMLElement>('[aria-label]') ?? null;
    if (part?.hasAttribute('tabindex') === false) part.tabIndex = -1;
    lost?.();
    return part;
  });
}
