// Keeps the focus and the panel true when the map changes under a person: follows a card that was moved, finds the nearest
// place left when theirs is gone, ends typing in a card that somebody deleted. It never scrolls and draws nothing.
import { useLayoutEffect, useRef } from 'react';
import type { Card } from '../../model/entities';
import { useBoard, usePart, useStore } from './use';

export function Keeper(): null {
  const board = useBoard();
  const spot = useStore(board.spot);
  const stages = useStore(board.journey.stages.ids);
  const lanes = useStore(board.journey.shownLanes);
  const card = useStore(board.journey.card(spot.kind === 'card' ? spot.card : ''));
  const editing = useStore(board.editing);
  const typedIn = useRef<Card | undefined>(undefined);
  const selected = useStore(board.selected);
  const selectedGone = usePart(
    board.journey.card(selected ?? ''),
    (found) => selected !== null && found === undefined,
  );

  useLayoutEffect(() => {
    if (editing === null) {
      typedIn.current = undefined;
      return;
    }
    if (card !== undefined && card.id === editing.id) typedIn.current = card;
    else if (typedIn.current?.id === editing.id && card === undefined) {
      // Own undo and Esc end the typing before the card goes; so this was somebody else.
      const lost = typedIn.current;
      typedIn.current = undefined;
      if (board.leaving) board.editing.set(null);
      else board.offerBack(lost);
    }
  }, [board, card, editing]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what may have moved the ground.
  useLayoutEffect(() => {
    board.settle();
    if (!board.holdsFocus || board.editing.get() !== null) return;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    board.elementOf(board.spot.get())?.focus({ preventScroll: true });
  }, [board, stages, lanes, card, editing]);

  useLayoutEffect(() => {
    if (!selectedGone || board.editing.get()?.id === selected) return;
    if (board.panel.get() === 'card') {
      const inside = board.panelElement?.contains(document.activeElement) === true;
      board.panel.set('closed');
      if (inside) {
        board.say('The card was deleted.');
        board.elementOf(board.spot.get())?.focus({ preventScroll: true });
      }
    }
    board.selected.set(null);
  }, [board, selected, selectedGone]);

  return null;
}
