// Keeps the focus and the panel true when the map changes under a person: follows a card that was moved, finds the nearest
// place left when theirs is gone and says what became of it, ends typing in a card that somebody deleted. It never scrolls and draws nothing.
import { useLayoutEffect, useRef } from 'react';
import type { Card } from '../../model/entities';
import { addLane, addStage } from '../../model/structure';
import { toast } from '../ui';
import { sayWhatBecameOf } from './became';
import type { Board } from './board';
import { useBoard, useStore } from './use';

export function Keeper(): null {
  const board = useBoard();
  const spot = useStore(board.spot);
  const stages = useStore(board.journey.stages.ids);
  const lanes = useStore(board.looking.lanes);
  const allLanes = useStore(board.journey.lanes.ids);
  const card = useStore(board.journey.card(spot.kind === 'card' ? spot.card : ''));
  const editing = useStore(board.editing);
  const typedIn = useRef<Card | undefined>(undefined);
  useNames(board);
  const selected = useStore(board.selected);
  const shown = useStore(board.journey.card(selected ?? ''));
  const shownLast = useRef<Card | undefined>(undefined);
  const selectedGone = selected !== null && shown === undefined;
  const panel = useStore(board.panel);
  const described = useStore(board.described);
  const describedGone =
    (panel === 'stage' && described !== null && !stages.includes(described)) ||
    (panel === 'lane' && described !== null && !allLanes.includes(described));

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
      else board.writing.offerBack(lost);
    }
  }, [board, card, editing]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what may have moved the ground.
  useLayoutEffect(() => {
    const left = board.settle();
    board.hold?.check();
    if (editing === null && left !== undefined) sayWhatBecameOf(board, left);
    if (!board.holdsFocus || board.editing.get() !== null) return;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    board.elementOf(board.spot.get())?.focus({ preventScroll: true });
  }, [board, stages, lanes, card, editing]);

  useLayoutEffect(() => {
    if (shown !== undefined) shownLast.current = shown;
    if (!selectedGone || board.editing.get()?.id === selected) return;
    const lost = shownLast.current;
    shownLast.current = undefined;
    if (board.panel.get() === 'card') {
      closeUnder(board);
      if (board.typesInPanel && board.journey.isOthers && lost?.id === selected) {
        board.writing.offerBack(lost);
      }
      board.typeInPanel(false);
    }
    board.selected.set(null);
  }, [board, selected, selectedGone, shown]);

  useLayoutEffect(() => {
    if (!describedGone) return;
    closeUnder(board);
    board.typeInPanel(false);
  }, [board, describedGone]);

  return null;
}

/** The panel has nothing to show any more: who was in it is taken to where they stand in the map. */
function closeUnder(board: Board): void {
  const { activeElement } = document;
  const isLost =
    activeElement === null ||
    activeElement === document.body ||
    board.panelElement?.contains(activeElement) === true;
  board.panel.set('closed');
  if (isLost) board.elementOf(board.spot.get())?.focus({ preventScroll: true });
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
      toast({ title, action: { label: 'Add it again, empty', onPress: again } }, null);
    }
  }, [board, editing, stage, lane]);
}
