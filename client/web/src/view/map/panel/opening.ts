// Opening the panel at a field, from anywhere: a finding that says "no owner" leads to the owner's field.
// Called by the view, other screens of the map included. What is asked for is kept beside the board until the panel,
// which may have to be drawn first, has taken the focus there; and so is what the panel must not forget while it is closed.
import { createStore, type WritableStore } from '../../../sync/store';
import type { Board } from '../board';

/** The fields of a card, by their names in the format; each panel shows those of its card's kind. */
export type CardField =
  | 'text'
  | 'channel'
  | 'owned'
  | 'momentOfTruth'
  | 'actual'
  | 'gap'
  | 'score'
  | 'persona'
  | 'quote'
  | 'severity'
  | 'impact'
  | 'value'
  | 'effort'
  | 'status'
  | 'owner'
  | 'due'
  | 'addresses'
  | 'addressedBy'
  | 'actor'
  | 'failPoint'
  | 'unit'
  | 'target'
  | 'confidence'
  | 'sources'
  | 'color'
  | 'comments';

export type MapField =
  | 'title'
  | 'scenario'
  | 'goal'
  | 'kind'
  | 'currentState'
  | 'personas'
  | 'owner'
  | 'everyDays'
  | 'lastReviewed'
  | 'review';

export type PersonaField = 'name' | 'role' | 'quote' | 'bio' | 'goals' | 'needs' | 'frustrations';

interface Opening {
  /** The field that is to have the focus, until it has. */
  readonly asked: WritableStore<string | null>;
  /** The persona whose fields are unfolded. */
  readonly persona: WritableStore<string | null>;
  /** Whether the personas are shown large, to be read aloud. */
  readonly personasShown: WritableStore<boolean>;
  /** Comments begun and not sent yet, by card: another card may be looked at meanwhile, or the map be loaded anew. */
  readonly drafts: Map<string, string>;
}

const openings = new WeakMap<Board, Opening>();

/** By map: after a refused edit the page has another board for the same one. */
const begun = new Map<string, Map<string, string>>();

function begunIn(map: string): Map<string, string> {
  const known = begun.get(map) ?? new Map<string, string>();
  begun.set(map, known);
  return known;
}

export function openingOf(board: Board): Opening {
  const known = openings.get(board);
  if (known !== undefined) return known;
  const opening: Opening = {
    asked: createStore<string | null>(null),
    persona: createStore<string | null>(null),
    personasShown: createStore(false),
    drafts: begunIn(board.connection.mapId),
  };
  openings.set(board, opening);
  return opening;
}

/** Goes to a card and opens its details at one of their fields. */
export function openField(board: Board, id: string, field: CardField): void {
  const card = board.journey.card(id).get();
  if (card === undefined) return;
  board.visit({ kind: 'card', card: id, lane: card.lane, stage: card.stage });
  board.panel.set('card');
  openingOf(board).asked.set(field);
}

/** Opens the map's own details at one of their fields. */
export function openMapField(board: Board, field: MapField): void {
  toGrid(board);
  board.panel.set('map');
  openingOf(board).asked.set(field);
}

/** Opens the details of the map at a persona, its fields unfolded. */
export function openPersona(board: Board, id: string, field: PersonaField = 'name'): void {
  toGrid(board);
  const opening = openingOf(board);
  opening.persona.set(id);
  board.panel.set('map');
  opening.asked.set(`persona ${id} ${field}`);
}

/** Opens the details of a stage. */
export function openStageField(board: Board, id: string, field: 'title' | 'description'): void {
  board.visit({ kind: 'stage', stage: id });
  board.described.set(id);
  board.panel.set('stage');
  openingOf(board).asked.set(field);
}

/** Opens the details of a lane. */
export function openLaneField(board: Board, id: string, field: 'title' | 'kind' | 'hidden'): void {
  if (board.journey.lanes.get(id)?.hidden === false) board.visit({ kind: 'lane', lane: id });
  else toGrid(board);
  board.described.set(id);
  board.panel.set('lane');
  openingOf(board).asked.set(field);
}

/** Shows what a good facilitator would point out. */
export function openHealth(board: Board): void {
  toGrid(board);
  board.panel.set('health');
  openingOf(board).asked.set('');
}

/** From a button beside the grid: who comes by keyboard or screen reader is taken along, a pointer leaves the focus where it is. */
export function togglePanel(
  board: Board,
  view: 'map' | 'health',
  { pointerType }: { readonly pointerType: string },
): void {
  if (board.panel.get() === view) {
    board.closePanel();
    return;
  }
  board.panel.set(view);
  if (pointerType === 'keyboard' || pointerType === 'virtual') {
    openingOf(board).asked.set(view === 'map' ? 'title' : '');
  }
}

/** Shows the personas to be read aloud; where there is none, the place to add one. */
export function showPersonas(board: Board): void {
  if (board.journey.personas.ids.get().length === 0) openMapField(board, 'personas');
  else openingOf(board).personasShown.set(true);
}

/** The panel stands beside the grid: from another screen one goes there first, to where one stood. */
function toGrid(board: Board): void {
  if (board.grid === null) board.visit(board.spot.get());
}

/** In place of a field's name: the one to begin with, where there is one. */
export const FIRST = ' first';

/** Gives the focus to a field of the panel; where it holds nothing to act on, to the panel's own button. */
export function focusField(panel: HTMLElement, field: string): void {
  if (field === FIRST) {
    panel.querySelector<HTMLElement>('[data-first]')?.focus();
    return;
  }
  const box = panel.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  const target =
    box?.querySelector<HTMLElement>('[aria-checked="true"]') ??
    box?.querySelector<HTMLElement>('input, textarea, button, a[href]') ??
    panel.querySelector<HTMLElement>('button');
  box?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: box !== null });
}
