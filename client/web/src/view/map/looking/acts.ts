// What a person can do about how they look at the map. Plain functions of the board, so that a button, a key and the command
// palette do the same.

import { type Filter, isOn, NO_FILTER } from '../../../model/filter';
import { LANE_WORDS } from '../../../model/kinds';
import type { Hit } from '../../../model/search';
import { type Board, quoted } from '../board';
import type { Shape, Spot } from '../spot';
import type { Overlay } from './looking';
import { stepFrom, zoomText, zoomTo, zoomToFit } from './zoom';

// Filter and overlay

export function setFilter(board: Board, filter: Filter): void {
  board.looking.filter.set(filter);
  board.settle();
  board.say(filterWords(board));
}

export function clearFilter(board: Board): void {
  setFilter(board, NO_FILTER);
}

/** "Showing 2 layers, Mira: 3 of 6 lanes." */
export function filterWords(board: Board): string {
  const filter = board.looking.filter.get();
  if (!isOn(filter)) return 'Showing the whole map';
  const all = board.journey.shownLanes.get().length;
  const lanes = `${board.looking.lanes.get().length} of ${all} lanes`;
  return `Showing ${filterParts(board).join(', ')}: ${lanes}`;
}

/** What is let through, part by part: layers by name while they are few, then personas. */
export function filterParts(board: Board): readonly string[] {
  const { layers, personas } = board.looking.filter.get();
  const names = layers.map(layerName);
  return [
    ...(names.length > 2 ? [`${names.length} layers`] : names),
    ...personas.map((id) => board.journey.personas.get(id)?.name || 'Unnamed'),
  ];
}

/** The layer of notes and figures belongs to none; on its own it needs a name that says so. */
export function layerName(layer: string): string {
  return layer === 'Any' ? 'Notes and figures' : layer;
}

export function setOverlay(board: Board, overlay: Overlay): void {
  board.looking.overlay.set(overlay);
  const said = {
    none: 'Overlay off',
    evidence: 'Assumptions are hatched, evidence is solid',
    age: 'Cards are coloured by when they were last touched',
  };
  board.say(said[overlay]);
}

export function toggleOverlay(board: Board, overlay: Exclude<Overlay, 'none'>): void {
  setOverlay(board, board.looking.overlay.get() === overlay ? 'none' : overlay);
}

export function setCrowd(board: Board, on: boolean): void {
  board.looking.crowd.set(on);
  board.say(
    on ? 'The emotion lanes show how the room felt' : 'The emotion lanes show the map alone',
  );
}

/** The result of the last vote on the cards, or off them. */
export function toggleDots(board: Board): void {
  const shows = !board.showsDots.get();
  board.showsDots.set(shows);
  board.say(shows ? 'Cards show the dots of the last vote' : 'Cards show no dots');
}

// Search

/** Opens the search, or takes the focus back to it; from then on Esc leads to where one is now. */
export function openFind(board: Board): void {
  const query = board.looking.finding.get()?.query ?? '';
  board.looking.finding.set({ query, origin: board.spot.get() });
}

/** What is typed: shows the first place that has it from where one was on. */
export function findText(board: Board, query: string): void {
  const finding = board.looking.finding.get();
  if (finding === null) return;
  board.looking.finding.set({ ...finding, query });
  const { hits } = board.looking.found.get();
  const shape = board.shape();
  const from = placeOf(finding.origin, shape);
  const next = hits.find((hit) => !isBefore(placeOf(spotOf(board, hit), shape), from)) ?? hits[0];
  if (next !== undefined) showHit(board, next);
  else board.looking.hit.set(null);
}

/** To the next place found, or the one before; round at the ends. */
export function nextHit(board: Board, by: 1 | -1): void {
  const { hits, needle } = board.looking.found.get();
  if (hits.length === 0) {
    if (needle !== '') board.say('Nothing found');
    return;
  }
  const at = hitPlace(board);
  const start = at < 0 ? (by > 0 ? -1 : 0) : at;
  const next = hits[(start + by + hits.length) % hits.length];
  if (next === undefined) return;
  showHit(board, next);
  board.say(`${hitPlace(board) + 1} of ${hits.length}: ${hitWords(board, next)}`);
}

/** Which of the hits one stands at, from 0; −1 when at none. */
export function hitPlace(board: Board): number {
  const at = board.looking.hit.get();
  return board.looking.found.get().hits.findIndex((hit) => hit.id === at);
}

/** Ends the search. `back` returns to where one was when it began. */
export function closeFind(board: Board, way: 'back' | 'stay'): void {
  const finding = board.looking.finding.get();
  if (finding === null) return;
  board.looking.finding.set(null);
  board.looking.hit.set(null);
  if (way === 'stay') return;
  board.visit(finding.origin);
}

function showHit(board: Board, hit: Hit): void {
  board.looking.hit.set(hit.id);
  board.visit(spotOf(board, hit), 'quiet');
}

function spotOf(board: Board, hit: Hit): Spot {
  if (hit.kind === 'stage') return { kind: 'stage', stage: hit.id };
  if (hit.kind === 'lane') return { kind: 'lane', lane: hit.id };
  const card = board.journey.card(hit.id).get();
  return { kind: 'card', card: hit.id, lane: card?.lane ?? '', stage: card?.stage ?? '' };
}

function hitWords(board: Board, hit: Hit): string {
  switch (hit.kind) {
    case 'stage':
      return `stage ${quoted(board.journey.stages.get(hit.id)?.title ?? '', 'without a name')}`;
    case 'lane':
      return `lane ${quoted(board.journey.lanes.get(hit.id)?.title ?? '', 'without a name')}`;
    case 'card': {
      const card = board.journey.card(hit.id).get();
      if (card === undefined) return '';
      const kind = board.journey.lanes.get(card.lane)?.kind ?? 'note';
      return `${LANE_WORDS[kind].card} ${quoted(card.text, 'without text')}, ${board.describe(card.lane, card.stage)}`;
    }
  }
}

/** Row, column and place in the cell: the order in which hits come. */
function placeOf(spot: Spot, shape: Shape): readonly [number, number, number] {
  const row = 'lane' in spot ? shape.lanes.indexOf(spot.lane) : -1;
  const column = 'stage' in spot ? shape.stages.indexOf(spot.stage) : -1;
  const place = spot.kind === 'card' ? shape.cards(spot.lane, spot.stage).indexOf(spot.card) : -1;
  return [row, column, place];
}

function isBefore(
  [row, column, place]: readonly [number, number, number],
  [row2, column2, place2]: readonly [number, number, number],
): boolean {
  if (row !== row2) return row < row2;
  return column === column2 ? place < place2 : column < column2;
}

// Zoom and print

export function zoomBy(board: Board, by: 1 | -1): void {
  zoomTo(board, stepFrom(board.looking.zoom.get(), by));
  board.say(zoomText(board.looking.zoom.get()));
}

export function zoomReset(board: Board): void {
  zoomTo(board, 1);
  board.say(zoomText(1));
}

export function zoomFitted(board: Board, what: 'width' | 'map'): void {
  zoomToFit(board, what);
  board.say(zoomText(board.looking.zoom.get()));
}
