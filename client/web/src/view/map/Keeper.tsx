// Keeps the focus and the panel true when the map changes under a person: follows a card that was moved, finds the nearest
// place left when theirs is gone, ends typing in a card that somebody deleted. It never scrolls and draws nothing.
import { useLayoutEffect, useRef } from 'react';
import type { Card } from '../../model/entities';
import { addLane, addStage } from '../../model/structure';
import { toast } from '../ui';
import type { Board } from './board';
import { useBoard, usePart, useStore } from './use';

export function Keeper(): null {
  const board = useBoard();
  const spot = useStore(board.spot);
  const stages = useStore(board.journey.stages.ids);
  const lanes = useStore(board.looking.lanes);
  const card = useStore(board.journey.card(spot.kind === 'card' ? spot.card : ''));
  const editing = useStore(board.editing);
  const typedIn = useRef<Card | undefined>(undefined);
  useNames(board);
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
    board.hold?.check();
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

/** A name that is typed goes with its stage or lane: then it is offered back. */
function useNames(board: Board): void {
  const editing = useStore(board.editing);
  const stage = useStore(board.journey.stages.one(editing?.id ?? ''));
  const lane = useStore(board.journey.lanes.one(editing?.id ?? ''));
  const named = useRef<{ readonly id: string; readonly again: () => void } | undefined>(undefined);
  useLayoutEffect(() => {
    if (editing === null) {
      named.current = undefined;
      return;
    }
    const { journey } = board;
    if (stage !== undefined) {
      const index = journey.stages.ids.get().indexOf(stage.id);
      named.current = { id: stage.id, again: () => addStage(journey, index, stage.title) };
    } else if (lane !== undefined) {
      const index = journey.lanes.ids.get().indexOf(lane.id);
      named.current = { id: lane.id, again: () => addLane(journey, index, lane.kind, lane.title) };
    } else if (named.current?.id === editing.id) {
      const { again } = named.current;
      named.current = undefined;
      board.editing.set(null);
      if (board.leaving) return;
      const title = 'Someone else deleted what you were naming';
      board.say(title);
      toast({ title, action: { label: 'Add it again, empty', onPress: again } }, null);
    }
  }, [board, editing, stage, lane]);
}
