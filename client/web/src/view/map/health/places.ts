// Which places of the map a finding names, in words and as spots to go to. Pure.
import type { Journey } from '../../../model/journey';
import type { Finding, Rule } from '../../../wire/health';
import { quoted } from '../board';
import type { Spot } from '../spot';

export interface Place {
  readonly key: string;
  readonly name: string;
  readonly spot: Spot;
}

/** An id is unique among entries of its kind only: the rule says of which kind it is (HEALTH-2). */
const NAMES_STAGES: ReadonlySet<Rule> = new Set([
  'STAGES-1',
  'STAGES-2',
  'STAGES-3',
  'STAGES-4',
  'TOUCH-1',
  'GAP-1',
  'EMOTION-1',
  'PAIN-2',
]);
const NAMES_LANES: ReadonlySet<Rule> = new Set(['LAYER-1', 'KIND-1', 'EVIDENCE-1', 'EMOTION-2']);

export function placesOf(journey: Journey, finding: Finding): readonly Place[] {
  const { rule, at } = finding;
  if (rule === 'DETAIL-1') {
    const [lane, stage] = at;
    return lane === undefined || stage === undefined ? [] : cellPlace(journey, lane, stage);
  }
  return at.flatMap((id) => {
    if (NAMES_STAGES.has(rule)) return stagePlace(journey, id);
    if (NAMES_LANES.has(rule)) return lanePlace(journey, id);
    return cardPlace(journey, id);
  });
}

function stagePlace(journey: Journey, stage: string): readonly Place[] {
  const found = journey.stages.get(stage);
  if (found === undefined) return [];
  const name = quoted(found.title, 'Unnamed stage');
  return [{ key: `stage ${stage}`, name, spot: { kind: 'stage', stage } }];
}

function lanePlace(journey: Journey, lane: string): readonly Place[] {
  const found = journey.lanes.get(lane);
  if (found === undefined || found.hidden) return [];
  const name = quoted(found.title, 'Unnamed lane');
  return [{ key: `lane ${lane}`, name, spot: { kind: 'lane', lane } }];
}

function cellPlace(journey: Journey, lane: string, stage: string): readonly Place[] {
  const [inLane, inStage] = [journey.lanes.get(lane), journey.stages.get(stage)];
  if (inLane === undefined || inLane.hidden || inStage === undefined) return [];
  const name = `${inLane.title || 'Unnamed lane'}, ${inStage.title || 'unnamed stage'}`;
  return [{ key: `cell ${lane} ${stage}`, name, spot: { kind: 'cell', lane, stage } }];
}

function cardPlace(journey: Journey, card: string): readonly Place[] {
  const found = journey.card(card).get();
  if (found === undefined || journey.lanes.get(found.lane)?.hidden !== false) return [];
  const spot: Spot = { kind: 'card', card, lane: found.lane, stage: found.stage };
  return [{ key: `card ${card}`, name: quoted(found.text, 'Empty card'), spot }];
}
