// What one click does about a finding: an act of the editor, or the way to the very field. Called by the health panel.

import { addPersona, setPrimary } from '../../../model/personas';
import { addLane, setHidden } from '../../../model/structure';
import type { Fix } from '../../../wire/health';
import type { Board } from '../board';
import { addOpportunityFor } from '../opportunity';
import { openField, openMapField, openPersona, openStageField } from '../panel/opening';
import { reviewedUnchanged } from '../panel/reviewed';

export function carryOut(board: Board, fix: Fix): void {
  const { journey } = board;
  if (isOfMap(fix) && board.refuses()) return;
  switch (fix.do) {
    case 'addPersona':
      openPersona(board, addPersona(journey, ''));
      return;
    case 'makePrimary': {
      setPrimary(journey, fix.persona);
      const name = journey.personas.get(fix.persona)?.name || 'This persona';
      board.offerUndo(`${name} is the primary persona`);
      return;
    }
    case 'addLane': {
      const lane = addLane(journey, journey.lanes.ids.get().length, fix.kind);
      board.visit({ kind: 'lane', lane });
      board.offerUndo('Lane added');
      return;
    }
    case 'addCard':
      if (journey.lanes.get(fix.lane)?.hidden === true) {
        if (board.refuses()) return;
        setHidden(journey, fix.lane, false);
      }
      board.visit({ kind: 'cell', lane: fix.lane, stage: fix.stage });
      board.writing.startCard(fix.lane, fix.stage);
      return;
    case 'addOpportunity': {
      const cards = fix.addresses.map((id) => journey.card(id).get());
      const card = cards.find((one) => one !== undefined);
      if (card !== undefined) addOpportunityFor(board, card);
      else board.writing.startCard(fix.lane, fix.stage);
      return;
    }
    case 'editCard':
      openField(board, fix.card, fix.field);
      return;
    case 'editStage':
      openStageField(board, fix.stage, 'title');
      return;
    case 'editMap':
      openMapField(board, fix.field);
      return;
    case 'markReviewed':
      reviewedUnchanged(board);
  }
}

/** Whether it changes something else than a card. */
function isOfMap(fix: Fix): boolean {
  return ['addPersona', 'makePrimary', 'addLane', 'markReviewed'].includes(fix.do);
}
