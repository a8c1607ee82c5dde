// "Reviewed, unchanged": one act from the panel, from a finding and from the palette.
import { today } from '../../../model/review';
import { markReviewed } from '../../../model/scope';
import type { Board } from '../board';

export function reviewedUnchanged(board: Board): void {
  if (board.refuses()) return;
  markReviewed(board.journey, today(new Date()), board.me.name);
  board.offerUndo(`Reviewed today by ${board.me.name}, unchanged`);
}
