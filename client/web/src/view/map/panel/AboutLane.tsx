// A lane's name, what its cards are, and whether it is in sight.
import { type JSX, useMemo } from 'react';
import { LANE_KINDS, LANE_WORDS } from '../../../model/kinds';
import { setHidden, setLaneKind } from '../../../model/structure';
import { entryText } from '../../../model/text/field';
import { KindMark } from '../marks';
import { useBoard, useStore } from '../use';
import { Pick } from './choices';
import { BoundText, Toggle } from './controls';
import { PanelHead } from './PanelHead';

export function AboutLane({ id }: { readonly id: string }): JSX.Element {
  const board = useBoard();
  const lane = useStore(board.journey.lanes.one(id));
  const title = useMemo(() => entryText(board.journey, 'lanes', id, 'title'), [board, id]);
  return (
    <>
      <PanelHead
        title="About this lane"
        about={lane === undefined ? 'It was deleted' : lane.title || 'Unnamed lane'}
      />
      {lane === undefined ? null : (
        <div className="m-panel__body">
          <BoundText label="Name" name="title" field={title} first />
          <Pick
            label="What its cards are"
            name="kind"
            placeholder="Kind"
            options={LANE_KINDS.map((kind) => ({
              id: kind,
              label: LANE_WORDS[kind].name,
              mark: <KindMark kind={kind} size={16} />,
            }))}
            value={lane.kind}
            onValue={(next) => {
              const kind = LANE_KINDS.find((known) => known === next);
              if (kind === undefined || kind === lane.kind) return;
              setLaneKind(board.journey, id, kind);
              board.offerUndo(
                `“${lane.title}” is now a lane of ${LANE_WORDS[kind].name.toLowerCase()}`,
              );
            }}
          />
          <p className="c-field__description">
            {LANE_WORDS[lane.kind].hint}. Cards keep what they have when the kind changes; what the
            new kind does not show comes back with the old one.
          </p>
          <Toggle
            label="Hidden"
            name="hidden"
            value={lane.hidden}
            onValue={(hidden) => setHidden(board.journey, id, hidden)}
          />
        </div>
      )}
    </>
  );
}
