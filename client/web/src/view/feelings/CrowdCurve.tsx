// How the room felt in the latest round, laid over an emotion lane: the line through the medians and the band of the spread, over the stages as
// they stand on the map now.
import { type JSX, useMemo } from 'react';
import { crowdOf } from '../../model/crowd';
import { useBoard, useStore } from '../map/use';
import { CrowdDrawing } from './Picture';
import { useClosedEmotionRounds } from './use-feelings';

export function CrowdCurve(): JSX.Element | null {
  const { journey } = useBoard();
  const stages = useStore(journey.stages.ids);
  const [latest] = useClosedEmotionRounds();
  const crowd = useMemo(
    () => (latest === undefined ? null : crowdOf(latest, stages)),
    [latest, stages],
  );
  if (crowd === null) return null;
  return (
    <>
      <CrowdDrawing crowd={crowd} width={Math.max(1, stages.length)} />
      <span className="e-crowd__name">How the room felt: median and spread</span>
    </>
  );
}
