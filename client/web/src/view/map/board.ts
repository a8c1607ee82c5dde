// One open editor: where this person stands, what they are typing in, and what they can do from there.
// Made by `BoardProvider`, read by every screen of a map through `useBoard`. It holds no map content (that is the
// journey's) and never touches the DOM but to put the focus where its own spot is.
import { flushSync } from 'react-dom';
import { type Place as Cell, mayChange } from '../../facilitation/lock';
import { type CardFields, setCardFields } from '../../model/cards';
import type { Card } from '../../model/entities';
import { type Journey, openJourney } from '../../model/journey';
import { People } from '../../model/people';
import type { MapConnection } from '../../sync/connection';
import { presenceStore, setPresence } from '../../sync/presence';
import { createStore, type Store, type WritableStore } from '../../sync/store';
import type { Me } from '../../wire/types';
import { mapPath, navigate } from '../router';
import { say, toast } from '../ui';
import { isMac } from './acts/chords';
import { type Bounds, boundsStore, whyStill } from './bounds';
import { removeCardsAt } from './cardActs';
import { type Desk, NO_DRAFTS } from './desk';
import type { Hold } from './hold';
import type { KeyGroups } from './KeysDialog';
import { Looking } from './looking/looking';
import { FIRST, focusField, openingOf } from './panel/opening';
import { Selection } from './selection';
import { Sight } from './sight';
import { type Direction, type Shape, type Spot, sameSpot, settle, spotKey, step } from './spot';
import type { Votes } from './votes';
import { type Editing, Writing } from './writing';

/** What lies over the page, asked for from anywhere on it. */
export type Overlay = 'palette' | 'keys' | 'share' | 'export' | 'profile' | 'feelings';

export type PanelView = 'closed' | 'card' | 'map' | 'stage' | 'lane' | 'health' | 'drafts';

export class Board {
  readonly connection: MapConnection;
  readonly journey: Journey;
  readonly people: People;
  /** Which cards of a large map are drawn whole. */
  readonly sight: Sight;
  /** How this person looks at the map. */
  readonly looking: Looking;
  /** Who this is; a name or colour may change while the map is open, the person does not. */
  me: Me;
  readonly readOnly: boolean;
  /** What somebody's name at a card means: that they are there, or in a replay that they changed it. */
  visiting: 'here' | 'changed by' = 'here';
  /** What of the map the step under way leaves out, and what it holds still for this person. */
  readonly bounds: Store<Bounds>;
  readonly spot: WritableStore<Spot>;
  readonly editing = createStore<Editing | null>(null);
  readonly writing = new Writing(this);
  readonly panel = createStore<PanelView>('closed');
  /** The stage or lane the panel shows. */
  readonly described = createStore<string | null>(null);
  /** The card the panel shows: the last one stood on. */
  readonly selected = createStore<string | null>(null);
  /** The cards selected to be moved, copied or deleted together. */
  readonly picked = new Selection(this);
  /** The feeling being dragged, for the curve to follow before anything is written. */
  readonly held = createStore<{ readonly card: string; readonly score: number } | null>(null);
  readonly dialog = createStore<Overlay | null>(null);
  /** While a brainstorm is under way. */
  readonly desk = createStore<Desk | null>(null);
  readonly votes = createStore<Votes | null>(null);
  /** Whether this person wants the dots of the last vote on the cards. */
  readonly showsDots = createStore(true);
  /** Keys that only the present screen has, for the list of all keys. */
  screenKeys: KeyGroups = [];
  /** The spot key of a header whose menu is asked for from the keyboard. */
  readonly menu = createStore<string | null>(null);
  /** The element all spots are in, while it is mounted. */
  grid: HTMLElement | null = null;
  /** True while an act of one's own may take away the card one is typing in. */
  leaving = false;
  panelElement: HTMLElement | null = null;
  /** The cell a drag is over, while there is one. */
  aimed: HTMLElement | null = null;
  /** Keeps this person's place on screen, while the grid is there. */
  hold: Hold | null = null;
  /** Whether the keyboard focus is (or was, until its element vanished) inside the grid. */
  holdsFocus = false;
  #shapeSeen: Shape | undefined;
  #told = '';
  #typesInPanel = false;
  #visiting: 'no' | 'take' | 'quiet' = 'no';
  /** Own steps taken before the lock that holds now: they may reach what it holds still. */
  #before = { undo: 0, redo: 0 };
  #closeWhy: (() => void) | undefined;

  constructor(connection: MapConnection, me: Me) {
    this.connection = connection;
    this.me = me;
    this.readOnly = me.role === 'observer';
    this.journey = openJourney(connection.doc);
    this.people = new People(presenceStore(connection), me.participant);
    this.looking = new Looking(this.journey);
    this.spot = createStore<Spot>({ kind: 'corner' }, sameSpot);
    this.sight = new Sight(this.journey);
    const keep = (): void => this.sight.keep(this.#held());
    this.spot.subscribe(keep);
    this.editing.subscribe(keep);
    this.bounds = boundsStore(connection.workshop, me.role);
    this.#noteSteps();
    this.bounds.subscribe(() => this.#noteSteps());
  }

  #noteSteps(): void {
    const { depth, redoDepth } = this.journey.steps;
    const isLocked = this.bounds.get().lock !== null;
    if (isLocked) this.journey.steps.boundary();
    this.#before = isLocked ? { undo: depth, redo: redoDepth } : { undo: 0, redo: 0 };
  }

  /** Whether this person may not change what is in that cell now; without one, what is in none. */
  isStill(cell?: Cell): boolean {
    return this.readOnly || !mayChange(this.bounds.get().lock, cell);
  }

  /**
   * Whether a lock keeps this person from changing what is in one of these cells (without any, what is in none), and says
   * why. An observer is told nothing: nothing is offered to them.
   */
  refuses(...cells: readonly Cell[]): boolean {
    const { lock } = this.bounds.get();
    const isFree = cells.length > 0 && cells.every((cell) => mayChange(lock, cell));
    if (this.readOnly || lock === null || isFree) return this.readOnly;
    this.#tellWhy(whyStill(lock));
    return true;
  }

  /** One message at a time: keys repeat. */
  #tellWhy(title: string): void {
    this.#closeWhy?.();
    this.#closeWhy = toast({ title });
  }

  /** The same of cards, by where each of them is. */
  refusesCards(ids: readonly string[]): boolean {
    const cards = ids.map((id) => this.journey.card(id).get()).filter((card) => card !== undefined);
    return this.readOnly || (cards.length > 0 && this.refuses(...cards));
  }

  /** The cards that must be there whole whatever is in sight: the one stood on and the one typed in. */
  #held(): readonly string[] {
    const spot = this.spot.get();
    const editing = this.editing.get();
    return [
      ...(spot.kind === 'card' ? [spot.card] : []),
      ...(editing === null ? [] : [editing.id]),
    ];
  }

  shape(): Shape {
    const cells = new Map<string, readonly string[]>();
    return {
      stages: this.journey.stages.ids.get(),
      lanes: this.looking.lanes.get(),
      cards: (lane, stage) => {
        const key = `${lane} ${stage}`;
        const known = cells.get(key) ?? this.journey.cell(lane, stage).get();
        cells.set(key, known);
        return known;
      },
      drafts: (lane, stage) => (this.desk.get()?.cell(lane, stage) ?? NO_DRAFTS).get(),
    };
  }

  say(text: string): void {
    say(text);
  }

  /** Stands somewhere else. `quiet` leaves the focus and the scroll position alone. */
  go(spot: Spot, focus: 'take' | 'quiet' = 'take'): void {
    this.#shapeSeen = this.shape();
    this.spot.set(spot);
    if (spot.kind === 'card') this.selected.set(spot.card);
    this.share();
    if (focus === 'take') this.focusSpot();
  }

  /**
   * Goes to a place of the map from whichever screen this person is on, and stands there. `quiet` shows it and leaves the
   * focus where it is.
   */
  visit(spot: Spot, focus: 'take' | 'quiet' = 'take'): void {
    if ('lane' in spot) this.looking.reveal(spot.lane);
    this.go(spot, 'quiet');
    this.#visiting = focus;
    if (this.grid === null) navigate(mapPath(this.connection.mapId));
    else this.arrive();
  }

  /** The grid is on screen: whoever came for a place in it is taken there. */
  arrive(): void {
    if (this.#visiting === 'no' || this.grid === null) return;
    const focus = this.#visiting;
    this.#visiting = 'no';
    flushSync(() => undefined);
    const element = this.elementOf(this.spot.get());
    const edge = focus === 'take' ? 'center' : 'nearest';
    element?.scrollIntoView({ block: edge, inline: edge });
    if (focus === 'take') element?.focus({ preventScroll: true });
  }

  /** One arrow key. */
  step(direction: Direction): void {
    this.go(step(this.spot.get(), direction, this.shape()));
  }

  /** Puts the focus on the element of the present spot, after what is pending has been drawn. */
  focusSpot(options?: FocusOptions): void {
    flushSync(() => undefined);
    this.elementOf(this.spot.get())?.focus(options);
  }

  elementOf(spot: Spot): HTMLElement | null {
    return (
      this.grid?.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spotKey(spot))}"]`) ?? null
    );
  }

  /**
   * After the map changed under this person: follows a card that others moved, finds the nearest place left when
   * theirs is gone. Never scrolls. Returns the place they were in, if they had to leave it.
   */
  settle(): Spot | undefined {
    const spot = this.spot.get();
    const shape = this.shape();
    const was = this.#shapeSeen ?? shape;
    const card = spot.kind === 'card' ? this.journey.card(spot.card).get() : undefined;
    const followed: Spot =
      spot.kind === 'card' && card !== undefined
        ? { ...spot, lane: card.lane, stage: card.stage }
        : spot;
    const fresh = this.editing.get()?.fresh;
    if (spot.kind === 'card' && card === undefined && fresh !== undefined) return undefined;
    const settled = settle(followed, shape, was);
    this.#shapeSeen = shape;
    this.spot.set(settled);
    // A card shown from a lane out of sight has no place on the grid to lose.
    const wasSeen = !('lane' in spot) || was.lanes.includes(spot.lane);
    return wasSeen && !sameSpot(spot, settled) ? spot : undefined;
  }

  /** Tells the others where this person's caret is, as a text field put it; without one, that it is nowhere. */
  shareCaret(caret?: unknown): void {
    setPresence(this.connection, { caret });
  }

  /** Typing in the panel shows on the card or header it belongs to. */
  typeInPanel(typing: boolean): void {
    this.#typesInPanel = typing;
    this.share();
  }

  /** Whether the focus is (or was, until its element vanished) in a text of the panel. */
  get typesInPanel(): boolean {
    return this.#typesInPanel;
  }

  /** Tells the others where this person is. */
  share(): void {
    const spot = this.spot.get();
    const { kind: _, ...place } =
      spot.kind === 'draft' || this.desk.get()?.hides(spot) ? ({ kind: 'corner' } as const) : spot;
    const typing = this.editing.get() !== null || this.#typesInPanel;
    const focus = { ...place, ...(typing ? { field: 'text' } : {}) };
    const told = JSON.stringify(focus);
    if (told === this.#told) return;
    this.#told = told;
    setPresence(this.connection, { focus: Object.keys(focus).length === 0 ? undefined : focus });
  }

  /** On another screen one is nowhere on the grid; whoever comes back is shown again. */
  leaveGrid(): void {
    this.#told = '';
    setPresence(this.connection, { focus: undefined, cursor: undefined, drag: undefined });
  }

  /** Deletes a card, moves to its neighbour and offers to take it back. */
  removeCard(card: Card): void {
    removeCardsAt(this, [card.id]);
  }

  /** A message with Undo that leaves when another step of one's own comes after it. */
  offerUndo(title: string): void {
    const { steps } = this.journey;
    const { taken } = steps.state.get();
    const spoken = `${title}. Undo with ${isMac() ? 'Command' : 'Control'} Z.`;
    const action = { label: 'Undo', onPress: () => this.undo() };
    const close = toast({ title, spoken, action }, 8);
    const stop = steps.state.subscribe(() => {
      if (steps.state.get().taken === taken && steps.state.get().canUndo) return;
      stop();
      close();
    });
  }

  undo(): void {
    if (this.#isFromBefore(this.journey.steps.depth, this.#before.undo)) return;
    this.#ownAct(() => this.say(this.journey.steps.undo() ? 'Undone' : 'Nothing to undo'));
  }

  redo(): void {
    if (this.#isFromBefore(this.journey.steps.redoDepth, this.#before.redo)) return;
    this.#ownAct(() => this.say(this.journey.steps.redo() ? 'Redone' : 'Nothing to redo'));
  }

  #isFromBefore(depth: number, before: number): boolean {
    if (depth === 0 || depth > before) return false;
    this.#tellWhy('The map was locked since: what you did before stays as it is.');
    return true;
  }

  /** An own act may take away the card one types in; that is no one else's deletion. */
  #ownAct(change: () => void): void {
    this.leaving = true;
    flushSync(change);
    this.leaving = false;
    // Where one card came back or changed, there one stands: an undo out of sight helps nobody.
    const [id, more] = this.journey.lastCards;
    const card = id === undefined ? undefined : this.journey.card(id).get();
    if (card === undefined || more !== undefined || !this.holdsFocus) return;
    if (this.editing.get() === null && this.shape().lanes.includes(card.lane)) {
      this.go({ kind: 'card', card: card.id, lane: card.lane, stage: card.stage });
    }
  }

  setFields(card: string, fields: CardFields): void {
    if (!this.refusesCards([card])) setCardFields(this.journey, card, fields);
  }

  // The panel

  /** Shows the details of the card stood on; `focus` also goes there. */
  openPanel(way: 'focus' | 'quiet'): void {
    if (this.selected.get() === null) return;
    flushSync(() => this.panel.set('card'));
    if (way === 'quiet') return;
    if (this.panelElement === null) openingOf(this).asked.set(FIRST);
    else focusField(this.panelElement, FIRST);
  }

  /** Closes the panel and goes back to where one stood. */
  closePanel(): void {
    flushSync(() => this.panel.set('closed'));
    this.focusSpot({ preventScroll: true });
  }

  describe(lane: string, stage: string): string {
    const laneTitle = this.journey.lanes.get(lane)?.title || 'Unnamed lane';
    return `${laneTitle}, ${this.journey.stages.get(stage)?.title || 'unnamed stage'}`;
  }
}

/** A text as it is named in a message, or what it is when it has none. */
export function quoted(text: string, otherwise: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  if (line === '') return otherwise;
  return `“${line.length > 40 ? `${line.slice(0, 39).trimEnd()}…` : line}”`;
}
