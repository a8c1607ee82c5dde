// All of a map at one moment, for screens that read it as a whole: the report and the presentation.
// Plain values, so that what they say of a map is a pure function of it.
import type { Store } from '../sync/store';
import {
  byOrder,
  type Card,
  type Comment,
  type Lane,
  type Meta,
  type Persona,
  type Stage,
} from './entities';
import type { Journey } from './journey';
import type { Opportunity } from './opportunities';
import { opportunitiesOf } from './opportunity-store';

export interface MapContent {
  readonly meta: Meta;
  readonly personas: readonly Persona[];
  readonly stages: readonly Stage[];
  /** Without the hidden ones: who hides a lane means it not to be shown. */
  readonly lanes: readonly Lane[];
  readonly hiddenLanes: number;
  /** Those that lie in a stage and a lane that is shown, in screen order: lane by lane, stage by stage. */
  readonly cards: readonly Card[];
  /** Ids of those that lie in a hidden lane. */
  readonly hiddenCards: ReadonlySet<string>;
  /** In map order. */
  readonly opportunities: readonly Opportunity[];
  readonly comments: readonly Comment[];
}

const stores = new WeakMap<Journey, Store<MapContent>>();

/** The content as it changes; read anew only when somebody asks after a change. */
export function contentStore(journey: Journey): Store<MapContent> {
  const known = stores.get(journey);
  if (known !== undefined) return known;
  let at = journey.changes.get();
  let content = contentOf(journey);
  const store: Store<MapContent> = {
    get: () => {
      if (at !== journey.changes.get()) {
        at = journey.changes.get();
        content = contentOf(journey);
      }
      return content;
    },
    subscribe: journey.changes.subscribe,
  };
  stores.set(journey, store);
  return store;
}

export function contentOf(journey: Journey): MapContent {
  const all = journey.lanes.all.get();
  const lanes = all.filter((lane) => !lane.hidden);
  const stages = journey.stages.all.get();
  const laneAt = new Map(lanes.map((lane, index) => [lane.id, index]));
  const stageAt = new Map(stages.map((stage, index) => [stage.id, index]));
  const isHidden = new Set(all.filter((lane) => lane.hidden).map(({ id }) => id));
  const hiddenCards = new Set<string>();
  const placed: { readonly card: Card; readonly lane: number; readonly stage: number }[] = [];
  for (const card of journey.cards()) {
    const lane = laneAt.get(card.lane);
    const stage = stageAt.get(card.stage);
    if (lane !== undefined && stage !== undefined) placed.push({ card, lane, stage });
    else if (isHidden.has(card.lane)) hiddenCards.add(card.id);
  }
  placed.sort((a, b) => a.lane - b.lane || a.stage - b.stage || byOrder(a.card, b.card));
  return {
    meta: journey.meta.get(),
    personas: journey.personas.all.get(),
    stages,
    lanes,
    hiddenLanes: all.length - lanes.length,
    cards: placed.map(({ card }) => card),
    hiddenCards,
    opportunities: opportunitiesOf(journey).get(),
    comments: [...journey.comments()].sort(byOrder),
  };
}
