// Menus in the map: opened by their button or by Enter on a header, and acting only once they are gone.
// A closing menu gives the focus back to where it was; what an action does with the focus must come after that.
import { useEffect, useRef, useState } from 'react';
import { useBoard } from './use';

export interface MapMenu {
  readonly props: {
    readonly isOpen: boolean;
    readonly onOpenChange: (isOpen: boolean) => void;
  };
  /** Runs an action after the menu has closed and the focus is back. */
  after(action: () => void): void;
}

export function useMapMenu(key?: string): MapMenu {
  const board = useBoard();
  const [isOpen, setOpen] = useState(false);
  const pending = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    if (key === undefined) return undefined;
    return board.menu.subscribe(() => {
      if (board.menu.get() !== key) return;
      setOpen(true);
      board.menu.set(null);
    });
  }, [board, key]);
  useEffect(() => {
    if (isOpen || pending.current === undefined) return;
    const action = pending.current;
    pending.current = undefined;
    // The focus comes back in the frame after the menu is gone. No cleanup: the action is due even if
    // the header it was asked for goes meanwhile.
    requestAnimationFrame(() => requestAnimationFrame(action));
  }, [isOpen]);
  return {
    props: { isOpen, onOpenChange: setOpen },
    after: (action) => {
      pending.current = action;
    },
  };
}
