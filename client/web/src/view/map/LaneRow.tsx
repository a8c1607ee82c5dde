// One lane across all stages: its header, its cells, the blueprint lines above it and the curve behind it.
import { type JSX, memo } from 'react';
import { BLUEPRINT_LINE_LABEL, type BlueprintLine } from '../../model/kinds';
import { Cell } from './Cell';
import { EmotionCurve } from './EmotionBand';
import { LaneHeader } from './LaneHeader';
import { useBoard, useBounds, usePart, useStore } from './use';

export const LaneRow = memo(function LaneRow({
  lane,
  row,
  lines,
}: {
  readonly lane: string;
  /** 1-based, counting the header row. */
  readonly row: number;
  /** The lines above it, comma-joined so that the value stays the same while nothing changes. */
  readonly lines: string;
}): JSX.Element {
  const board = useBoard();
  const kind = usePart(board.journey.lanes.one(lane), (found) => found?.kind ?? 'note');
  const stages = useStore(board.journey.stages.ids);
  const bounds = useBounds({ lane });
  return (
    <div
      role="row"
      aria-rowindex={row}
      className={`m-row m-row--${kind}`}
      data-lane-row={lane}
      data-bounds={bounds}
    >
      {lines === ''
        ? null
        : lines.split(',').map((line) => (
            <div key={line} className={`m-line m-line--${line}`} aria-hidden="true">
              <span>{BLUEPRINT_LINE_LABEL[line as BlueprintLine]}</span>
            </div>
          ))}
      <LaneHeader lane={lane} kind={kind} />
      {kind === 'emotion' ? <EmotionCurve lane={lane} /> : null}
      {stages.map((stage, index) => (
        <Cell key={stage} lane={lane} stage={stage} kind={kind} column={index + 2} />
      ))}
    </div>
  );
});
