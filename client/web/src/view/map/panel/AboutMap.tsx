// The map's own details: its scope, whose journey it is, and who keeps it true.
import { type JSX, useMemo } from 'react';
import { MAP_KIND_LABEL, MAP_KINDS } from '../../../model/kinds';
import { setMapKind } from '../../../model/scope';
import { metaText } from '../../../model/text/field';
import { useBoard, useStore } from '../use';
import { Pick } from './choices';
import { BoundText } from './controls';
import { OtherState } from './OtherState';
import { PanelHead } from './PanelHead';
import { PersonaList } from './PersonaList';
import { Upkeep } from './Upkeep';

export function AboutMap(): JSX.Element {
  const board = useBoard();
  const meta = useStore(board.journey.meta);
  const texts = useMemo(
    () => ({
      title: metaText(board.journey, 'title'),
      scenario: metaText(board.journey, 'scenario'),
      goal: metaText(board.journey, 'goal'),
    }),
    [board],
  );
  return (
    <>
      <PanelHead title="About this map" about={meta.title || 'Untitled map'} />
      <div className="m-panel__body">
        <BoundText label="Title" name="title" field={texts.title} placeholder="Untitled map" />
        <BoundText
          label="From where to where"
          name="scenario"
          field={texts.scenario}
          lines={2}
          placeholder="From the first search to the first month"
          first
        />
        <BoundText
          label="What decision it serves"
          name="goal"
          field={texts.goal}
          lines={2}
          placeholder="Find where applicants give up"
        />
        <Pick
          label="Kind of map"
          name="kind"
          placeholder="Kind"
          options={MAP_KINDS.map((id) => ({ id, label: MAP_KIND_LABEL[id] }))}
          value={meta.kind}
          onValue={(next) => {
            const kind = MAP_KINDS.find((known) => known === next);
            if (kind !== undefined) setMapKind(board.journey, kind);
          }}
        />
        <OtherState />
        <PersonaList />
        <Upkeep />
      </div>
    </>
  );
}
