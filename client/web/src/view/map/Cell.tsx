// One cell of the grid: its cards in order, the place for a new one, and the people standing in it.
import { type CSSProperties, type JSX, memo } from 'react';
import { LANE_WORDS, type LaneKind } from '../../model/kinds';
import { placeKey } from '../../model/people';
import { NO_DRAFTS } from './desk';
import { EmotionBand } from './EmotionBand';
import { boundsWords } from './Outside';
import { Slot } from './Slot';
import { cellSpotKey } from './spot';
import { useBoard, useBounds, usePart, useStanding, useStore } from './use';
import { Visitors } from './Visitors';

export const Cell = memo(function Cell({
  lane,
  stage,
  kind,
  column,
}: {
  readonly lane: string;
  readonly stage: string;
  readonly kind: LaneKind;
  readonly column: number;
}): JSX.Element {
  const board = useBoard();
  const ids = useStore(board.journey.cell(lane, stage));
  const key = cellSpotKey(lane, stage);
  const standing = useStanding(key);
  const visitors = useStore(board.people.at(placeKey({ lane, stage })));
  const fresh = usePart(board.editing, (editing) =>
    editing?.fresh?.lane === lane && editing.fresh.stage === stage ? editing : null,
  );
  const shown =
    fresh?.fresh === undefined || ids.includes(fresh.id)
      ? ids
      : ids.toSpliced(fresh.fresh.index, 0, fresh.id);
  const desk = useStore(board.desk);
  const drafts = useStore(desk?.cell(lane, stage) ?? NO_DRAFTS);
  const takes = desk?.takes(lane, stage) === true;
  const words = LANE_WORDS[kind];
  const first = visitors[0];
  const style: CSSProperties & Record<`--${string}`, string> = {};
  if (first !== undefined) style['--visitor'] = first.color;
  const place = usePlaceName(lane, stage);
  const bounds = useBounds({ lane, stage });
  const count = ids.length === 0 ? 'empty' : ids.length === 1 ? '1 card' : `${ids.length} cards`;
  const own = drafts.length === 0 ? '' : `, ${drafts.length} only you see`;
  return (
    <div
      role="gridcell"
      aria-colindex={column}
      aria-label={`${place}: ${count}${own}${boundsWords(bounds)}`}
      className={`m-cell m-cell--${kind} ${first === undefined ? '' : 'm-cell--visited'} ${takes ? 'm-cell--private' : ''} ${takes && desk.isPart ? 'm-cell--takes' : ''}`}
      style={style}
      data-spot={key}
      data-lane={lane}
      data-stage={stage}
      data-bounds={bounds}
      tabIndex={standing ? 0 : -1}
    >
      {kind === 'emotion' ? <EmotionBand lane={lane} stage={stage} /> : null}
      {shown.length === 0 ? null : (
        <div role="list" className="m-cell__cards">
          {shown.map((id) => (
            <Slot key={id} id={id} lane={lane} stage={stage} kind={kind} />
          ))}
        </div>
      )}
      {desk === null || drafts.length === 0 ? null : (
        <desk.Cell lane={lane} stage={stage} ids={drafts} />
      )}
      {board.readOnly ? null : (
        // For the pointer only: N adds from the keyboard.
        <span className="m-cell__add" data-add="" aria-hidden="true">
          + Add {takes ? `private ${words.card}` : words.card}
        </span>
      )}
      <Visitors visitors={visitors} />
    </div>
  );
});

/** Where a cell is, in its name: not every screen reader says the headers of a grid as one walks it. */
function usePlaceName(lane: string, stage: string): string {
  const { journey } = useBoard();
  const inLane = usePart(journey.lanes.one(lane), (found) => found?.title);
  const inStage = usePart(journey.stages.one(stage), (found) => found?.title);
  return `${inLane || 'Unnamed lane'}, ${inStage || 'unnamed stage'}`;
}
