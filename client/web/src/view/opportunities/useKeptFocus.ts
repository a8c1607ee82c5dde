// Keeps the focus where a person has it when the element under it is taken away or drawn anew elsewhere: by somebody else's edit, by
// one's own, by a sort. It never scrolls.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** `find` gives the element the focus belongs on; asked after every drawing, so it must be cheap. */
export function useKeptFocus(
  root: RefObject<HTMLElement | null>,
  find: () => HTMLElement | null,
): void {
  const holds = useRef(false);
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
    element.addEventListener('focusin', onIn);
    element.addEventListener('focusout', onOut);
    return () => {
      element.removeEventListener('focusin', onIn);
      element.removeEventListener('focusout', onOut);
    };
  }, [root]);
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (!holds.current || (activeElement !== null && activeElement !== document.body)) return;
    find()?.focus({ preventScroll: true });
  });
}
