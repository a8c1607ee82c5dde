// Agendas to begin with, made from the stages and lanes of the open map: what is asked is asked of lanes that are there, and what the map
// has no lane for is left out and said. Pure; `template-steps.ts` holds the steps themselves.
import type { LaneKind } from '../model/kinds';
import type { Step } from '../wire/channel';
import { STEPS } from './limits';
import { type MapParts, Sources } from './template-parts';
import { blueprint, layerByLayer, review, stageByStage } from './template-steps';

export type { MapParts } from './template-parts';

export interface Proposal {
  readonly id: string;
  readonly name: string;
  /** When to take it, and what it asks of people. */
  readonly about: string;
  readonly steps: readonly Step[];
  /** Kinds of lanes it would ask about if the map had one. */
  readonly leftOut: readonly LaneKind[];
  /** Why this map cannot be worked on so; there are no steps then. */
  readonly missing?: string;
}

const NO_STAGE = 'This map has no stage yet. Name a few first: an agenda is made from them.';

/** All templates for this map, each with its steps or with what is missing for it. */
export function proposals(map: MapParts): readonly Proposal[] {
  return [
    propose(map, {
      id: 'layers',
      name: 'Layer by layer',
      about:
        'For a new map and a group that knows its customers: the whole journey once for each layer, from what they do to what could be better. Feelings, pains and ideas are first thought about alone, so that nobody only follows the loudest.',
      make: layerByLayer,
      needs: (sources) =>
        sources.has('action', 'touchpoint', 'expectation', 'emotion', 'pain', 'opportunity')
          ? undefined
          : 'This map has none of the lanes it goes through: actions, touchpoints, expectations, emotions, pains, opportunities.',
    }),
    propose(map, {
      id: 'stages',
      name: 'Stage by stage',
      about:
        'For a long journey, or people who each know a part of it: one stage at a time, all layers at once. It goes deep quickly and loses the arc easily, so it ends with a look at the whole.',
      make: stageByStage,
    }),
    propose(map, {
      id: 'blueprint',
      name: 'Service blueprint',
      about:
        'For those who run the service: from what the customer does inwards, across the line of visibility, to what has to work behind. It finds where the service breaks, not how it feels; people from each team have to be there.',
      make: blueprint,
      needs: (sources) =>
        sources.has('frontstage', 'backstage', 'support')
          ? undefined
          : 'This map has no lane for frontstage, backstage or support. Add one of them below the map first.',
    }),
    propose(map, {
      id: 'review',
      name: 'Review of a living map',
      about:
        'For a map that was made some time ago: what became of what you decided, what has changed, what is known by now and no longer only assumed. It makes nothing new of an empty map.',
      make: review,
    }),
  ];
}

interface Plan {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly make: (sources: Sources) => readonly Step[];
  readonly needs?: (sources: Sources) => string | undefined;
}

function propose(map: MapParts, { make, needs, ...plan }: Plan): Proposal {
  const sources = new Sources(map);
  const missing = map.stages.length === 0 ? NO_STAGE : needs?.(sources);
  if (missing !== undefined) return { ...plan, steps: [], leftOut: [], missing };
  const steps = make(sources).slice(0, STEPS);
  return { ...plan, steps, leftOut: sources.leftOut };
}
