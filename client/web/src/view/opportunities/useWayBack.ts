// From the details panel back to where one stood: the map's panel knows the way back in the grid only.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useBoard, useStore } from '../map/use';

/** `root` holds the list or the matrix. */
export function useWayBack(root: RefObject<HTMLElement | null>): void {
  const panel = useStore(useBoard().panel);
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const onFocus = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement) last.current = event.target;
    };
    element.addEventListener('focusin', onFocus);
    return () => element.removeEventListener('focusin', onFocus);
  }, [root]);
  useLayoutEffect(() => {
    const { activeElement } = document;
    // Somebody else's deletion may close it too; then the focus is where it was.
    if (panel !== 'closed' || (activeElement !== null && activeElement !== document.body)) return;
    const stop = last.current;
    if (stop?.isConnected === true) stop.focus({ preventScroll: true });
    else if (stop !== null) {
      root.current?.querySelector<HTMLElement>('[data-stop][tabindex="0"]')?.focus();
    }
  }, [panel, root]);
}
