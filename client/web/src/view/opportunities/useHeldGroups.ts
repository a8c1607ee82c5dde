// The order of the list, calm under a hand: while the focus or the pointer is in it, rows stay where they are, whoever edits.
import { useEffect, useState } from 'react';
import { type Group, heldInPlace, sameGroups } from '../../model/opportunities';

export interface HeldGroups {
  readonly groups: readonly Group[];
  /** Whether a fresh sort would put rows elsewhere. */
  readonly isStale: boolean;
  readonly sortAgain: () => void;
}

/** `way` names how the list is grouped, sorted and filtered: when it changes, the person has asked for a new order. */
export function useHeldGroups(
  wanted: readonly Group[],
  way: string,
  exists: (id: string) => boolean,
  root: HTMLElement | null,
): HeldGroups {
  const [asked, ask] = useState(0);
  const [shown, setShown] = useState({ groups: wanted, way, asked });
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (root === null) return undefined;
    let hasFocus = root.contains(document.activeElement);
    let hasPointer = false;
    const tell = (): void => setHeld(hasFocus || hasPointer);
    const onFocus = (event: FocusEvent): void => {
      const to = event.type === 'focusin' ? event.target : event.relatedTarget;
      // Menus and dialogs hang elsewhere in the page and give the focus back: a hand in them is still on the list.
      const isAway =
        to instanceof Element && !root.contains(to) && to.closest('.c-popover') === null;
      hasFocus = event.type === 'focusin' || (hasFocus && !isAway && to !== null);
      if (event.type === 'focusout' && to === null) {
        queueMicrotask(() => {
          hasFocus = root.contains(document.activeElement);
          tell();
        });
      }
      tell();
    };
    const onPointer = (event: PointerEvent): void => {
      // A finger is on the list only while it touches it.
      if (event.pointerType !== 'mouse') return;
      hasPointer = event.type === 'pointerenter';
      tell();
    };
    root.addEventListener('focusin', onFocus);
    root.addEventListener('focusout', onFocus);
    root.addEventListener('pointerenter', onPointer);
    root.addEventListener('pointerleave', onPointer);
    tell();
    return () => {
      root.removeEventListener('focusin', onFocus);
      root.removeEventListener('focusout', onFocus);
      root.removeEventListener('pointerenter', onPointer);
      root.removeEventListener('pointerleave', onPointer);
    };
  }, [root]);

  const isSame = shown.way === way && shown.asked === asked;
  const groups = isHeld && isSame ? heldInPlace(shown.groups, wanted, exists) : wanted;
  if (!isSame || !sameGroups(shown.groups, groups)) setShown({ groups, way, asked });
  return {
    groups,
    isStale: !sameGroups(groups, wanted),
    sortAgain: () => ask((before) => before + 1),
  };
}
