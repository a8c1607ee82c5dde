// A map as slides: an opening, one a stage, a closing. Pure; called by the presentation.
import type { MapContent } from './content';
import type { Card, Lane, Stage } from './entities';
import { LANE_WORDS } from './kinds';

export interface Slide {
  /** Stays the same while the map changes: `opening`, `closing`, or a stage's id behind `stage `. */
  readonly key: string;
  /** Nothing on the first and the last one. */
  readonly stage?: StageOnSlide;
}

export interface StageOnSlide {
  readonly stage: Stage;
  /** Counted from 1. */
  readonly number: number;
  /** Layers with cards here, in the order of their first lane on the map. */
  readonly layers: readonly LayerOnSlide[];
}

export interface LayerOnSlide {
  readonly layer: string;
  readonly lanes: readonly { readonly lane: Lane; readonly cards: readonly Card[] }[];
}

export const OPENING = 'opening';
export const CLOSING = 'closing';

export function stageKey(stage: string): string {
  return `stage ${stage}`;
}

export function slidesOf(map: MapContent): readonly Slide[] {
  const stages = map.stages.map((stage, index) => ({
    key: stageKey(stage.id),
    stage: { stage, number: index + 1, layers: layersOf(map, stage) },
  }));
  return [{ key: OPENING }, ...stages, { key: CLOSING }];
}

function layersOf(map: MapContent, stage: Stage): readonly LayerOnSlide[] {
  const layers = new Map<string, { readonly lane: Lane; readonly cards: readonly Card[] }[]>();
  for (const lane of map.lanes) {
    const cards = map.cards.filter((card) => card.stage === stage.id && card.lane === lane.id);
    if (cards.length === 0) continue;
    const { layer } = LANE_WORDS[lane.kind];
    const lanes = layers.get(layer) ?? [];
    layers.set(layer, lanes);
    lanes.push({ lane, cards });
  }
  return [...layers].map(([layer, lanes]) => ({ layer, lanes }));
}

/**
 * Where a slide is now. One that is gone leaves its place to whatever stands there: nobody is thrown back to the start because
 * somebody deleted a stage.
 */
export function placeOf(slides: readonly Slide[], key: string, before: number): number {
  const found = slides.findIndex((slide) => slide.key === key);
  return found >= 0 ? found : Math.min(Math.max(before, 0), slides.length - 1);
}

/** A slide in the query of an address, and back. */
export function slideQuery(key: string): string {
  if (key === CLOSING) return '?closing';
  if (key === OPENING) return '';
  return `?${new URLSearchParams({ stage: key.slice(stageKey('').length) })}`;
}

export function slideInQuery(query: string): string {
  const asked = new URLSearchParams(query);
  if (asked.has('closing')) return CLOSING;
  const stage = asked.get('stage');
  return stage === null ? OPENING : stageKey(stage);
}
