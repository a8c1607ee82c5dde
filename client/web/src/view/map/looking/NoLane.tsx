// What stands where lanes would, when the filter lets none through.
import type { JSX } from 'react';
import { Button } from '../../ui';
import { useBoard, usePart, useStore } from '../use';
import { clearFilter, filterParts } from './acts';

export function NoLane(): JSX.Element | null {
  const board = useBoard();
  const shown = useStore(board.looking.lanes).length;
  const all = usePart(board.journey.shownLanes, (lanes) => lanes.length);
  if (shown > 0 || all === 0) return null;
  return (
    <div className="m-nothing">
      <p>This map has no lane of {filterParts(board).join(' or ')}.</p>
      <Button size="s" onPress={() => clearFilter(board)}>
        Show the whole map
      </Button>
    </div>
  );
}
