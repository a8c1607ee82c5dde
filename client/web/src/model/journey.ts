// The journey map as the view reads it: immutable snapshots behind fine-grained stores over one Y.Doc.
// One keystroke in a card changes that card's store and no other; moving a card changes its two cells.
// Opened once per document by `openJourney`; writing is in `cards.ts` and `structure.ts`, never here.
import type * as Y from 'yjs';
import type { Store } from '../sync/store';
import { type Change, Collection } from './collection';
import {
  byOrder,
  type Card,
  type Comment,
  type Feeling,
  type Lane,
  type Meta,
  type Persona,
  type Stage,
} from './entities';
import { Links } from './links';
import { readCard, readComment, readLane, readMeta, readPersona, readStage } from './read';
import { Batch, Source, sameItems } from './source';
import { Steps } from './steps';

export const ROOTS = ['meta', 'personas', 'stages', 'lanes', 'cards', 'comments'] as const;
export type Root = (typeof ROOTS)[number];
export type EntryRoot = Exclude<Root, 'meta'>;

function cellKey(lane: string, stage: string): string {
  // A space cannot be part of an id, so no two places share a key.
  return `${lane} ${stage}`;
}

export class Journey {
  readonly steps: Steps;
  readonly stages: Collection<Stage>;
  readonly lanes: Collection<Lane>;
  readonly personas: Collection<Persona>;
  readonly #cards: Collection<Card>;
  readonly #comments: Collection<Comment>;
  readonly #meta: Source<Meta>;
  readonly #shownLanes = new Source<readonly string[]>([], sameItems);
  readonly #members = new Map<string, Set<string>>();
  readonly #cells = new Map<string, Source<readonly string[]>>();
  readonly #laneCards = new Map<string, Source<readonly Card[]>>();
  readonly #feelings = new Map<string, Source<readonly Feeling[]>>();
  readonly #threads = new Map<string, Source<readonly Comment[]>>();
  readonly #cardCount = new Source(0);
  readonly #changes = new Source(0);
  readonly #links = new Links();
  #lastCards: readonly string[] = [];
  #isOthers = false;
  readonly #dirty = new Map<Root, Set<string>>();
  #doc: Y.Doc;
  #leave: () => void = () => undefined;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.stages = new Collection(this.root('stages'), readStage);
    this.lanes = new Collection(this.root('lanes'), readLane);
    this.personas = new Collection(this.root('personas'), readPersona);
    this.#cards = new Collection(this.root('cards'), readCard);
    this.#comments = new Collection(this.root('comments'), readComment);
    this.#meta = new Source(readMeta(this.root('meta')));
    for (const root of ROOTS) this.#dirty.set(root, new Set(this.root(root).keys()));
    this.#follow(doc);
    this.#flush();
    this.steps = new Steps(ROOTS.map((root) => this.root(root)));
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  root(name: Root): Y.Map<unknown> {
    return this.#doc.getMap(name);
  }

  #follow(doc: Y.Doc): void {
    const stops = ROOTS.map((root) => {
      const note = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
        for (const event of events) this.#note(root, event);
      };
      doc.getMap(root).observeDeep(note);
      return () => doc.getMap(root).unobserveDeep(note);
    });
    // After all observers of a transaction, so that cards and stages deleted together vanish together.
    const after = (transaction: Y.Transaction): void => {
      this.#isOthers = !transaction.local;
      this.#flush();
    };
    doc.on('afterTransaction', after);
    this.#leave = () => {
      for (const stop of stops) stop();
      doc.off('afterTransaction', after);
    };
  }

  /**
   * Shows another state of the same map from now on: a document only goes forward, so whoever looks back needs another one.
   * What is the same in both keeps its identity, and nothing of it is drawn anew.
   */
  turnTo(doc: Y.Doc): void {
    this.#leave();
    const before = this.#doc;
    this.#doc = doc;
    for (const root of ROOTS) {
      const dirty = this.#dirty.get(root);
      for (const id of before.getMap(root).keys()) dirty?.add(id);
      for (const id of doc.getMap(root).keys()) dirty?.add(id);
    }
    this.stages.turnTo(this.root('stages'));
    this.lanes.turnTo(this.root('lanes'));
    this.personas.turnTo(this.root('personas'));
    this.#cards.turnTo(this.root('cards'));
    this.#comments.turnTo(this.root('comments'));
    this.#follow(doc);
    this.#isOthers = true;
    this.#flush();
  }

  get meta(): Store<Meta> {
    return this.#meta;
  }

  /** Ids of the lanes that are not hidden, in screen order. */
  get shownLanes(): Store<readonly string[]> {
    return this.#shownLanes;
  }

  /** Ids of the cards the latest transaction added, changed or deleted: where an undo has just been. */
  get lastCards(): readonly string[] {
    return this.#lastCards;
  }

  /** Whether the latest transaction was somebody else's. */
  get isOthers(): boolean {
    return this.#isOthers;
  }

  /** How many cards lie in a lane and a stage that exist. */
  get cardCount(): Store<number> {
    return this.#cardCount;
  }

  /** Counts the transactions that changed anything: for screens that read the map as a whole. */
  get changes(): Store<number> {
    return this.#changes;
  }

  card(id: string): Store<Card | undefined> {
    return this.#cards.one(id);
  }

  cards(): Iterable<Card> {
    return this.#cards.values();
  }

  comments(): Iterable<Comment> {
    return this.#comments.values();
  }

  /** Every card of the document in `order`; changes whenever one of them does. */
  get allCards(): Store<readonly Card[]> {
    return this.#cards.all;
  }

  /** Every comment, as `allCards`. */
  get allComments(): Store<readonly Comment[]> {
    return this.#comments.all;
  }

  /** Ids of the cards in one cell, in screen order. */
  cell(lane: string, stage: string): Store<readonly string[]> {
    const key = cellKey(lane, stage);
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const store = new Source<readonly string[]>(this.#sortedCell(key), sameItems);
    this.#cells.set(key, store);
    return store;
  }

  /** The cards of one cell as snapshots, for a write that needs their order keys. */
  cellCards(lane: string, stage: string): readonly Card[] {
    return this.cell(lane, stage)
      .get()
      .map((id) => this.#cards.get(id))
      .filter((card) => card !== undefined);
  }

  /** All cards of one lane in screen order; changes whenever one of them does. */
  laneCards(lane: string): Store<readonly Card[]> {
    const known = this.#laneCards.get(lane);
    if (known !== undefined) return known;
    const store = new Source<readonly Card[]>(this.#sortedLane(lane), sameItems);
    this.#laneCards.set(lane, store);
    return store;
  }

  /** What the emotion curve of one lane is drawn from, in screen order. Words typed into a card change nothing here. */
  feelings(lane: string): Store<readonly Feeling[]> {
    const known = this.#feelings.get(lane);
    if (known !== undefined) return known;
    const store = new Source<readonly Feeling[]>(this.#sortedLane(lane), sameFeelings);
    this.#feelings.set(lane, store);
    return store;
  }

  /** The comments on one card, oldest first. */
  thread(card: string): Store<readonly Comment[]> {
    const known = this.#threads.get(card);
    if (known !== undefined) return known;
    const store = new Source<readonly Comment[]>(this.#sortedThread(card), sameItems);
    this.#threads.set(card, store);
    return store;
  }

  /** Ids of the opportunities that address a card. */
  addressedBy(card: string): Store<readonly string[]> {
    return this.#links.to(card);
  }

  #note(root: Root, event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const dirty = this.#dirty.get(root);
    if (dirty === undefined) return;
    const [entry] = event.path;
    if (typeof entry === 'string') dirty.add(entry);
    else for (const key of event.changes.keys.keys()) dirty.add(key);
  }

  #flush(): void {
    const batch = new Batch();
    if ([...this.#dirty.values()].some((entries) => entries.size > 0)) {
      batch.place(this.#changes, this.#changes.get() + 1);
    }
    if (this.#take('meta').length > 0) {
      batch.place(this.#meta, readMeta(this.root('meta')));
    }
    const lanes = this.lanes.refresh(this.#take('lanes'), batch);
    const stages = this.stages.refresh(this.#take('stages'), batch);
    this.personas.refresh(this.#take('personas'), batch);
    const cards = this.#cards.refresh(this.#take('cards'), batch);
    const comments = this.#comments.refresh(this.#take('comments'), batch);
    if (lanes.length > 0) {
      const shown = this.lanes.all.get().filter((lane) => !lane.hidden);
      batch.place(
        this.#shownLanes,
        shown.map((lane) => lane.id),
      );
    }
    this.#lastCards = cards.map((change) => change.id);
    this.#placeCards(cards, batch);
    this.#links.refresh(this.cards(), cards, lanes, (id) => this.lanes.get(id), batch);
    if (lanes.length + stages.length > 0 || cards.some(isElsewhere)) {
      batch.place(this.#cardCount, this.#countCards());
    }
    const threads = new Set(
      comments.flatMap((change) => [change.before?.card, change.after?.card]),
    );
    for (const card of threads) {
      const store = card === undefined ? undefined : this.#threads.get(card);
      if (card !== undefined && store !== undefined) batch.place(store, this.#sortedThread(card));
    }
    batch.tell();
  }

  #take(root: Root): readonly string[] {
    const dirty = this.#dirty.get(root);
    const ids = dirty === undefined ? [] : [...dirty];
    dirty?.clear();
    return ids;
  }

  #placeCards(changes: readonly Change<Card>[], batch: Batch): void {
    const cells = new Set<string>();
    const lanes = new Set<string>();
    for (const { id, before, after } of changes) {
      const from = before === undefined ? undefined : cellKey(before.lane, before.stage);
      const to = after === undefined ? undefined : cellKey(after.lane, after.stage);
      if (before !== undefined) lanes.add(before.lane);
      if (after !== undefined) lanes.add(after.lane);
      if (from === to && before?.order === after?.order) continue;
      if (from !== undefined) {
        this.#members.get(from)?.delete(id);
        cells.add(from);
      }
      if (to !== undefined) {
        const members = this.#members.get(to) ?? new Set();
        this.#members.set(to, members.add(id));
        cells.add(to);
      }
    }
    for (const key of cells) {
      const store = this.#cells.get(key);
      if (store !== undefined) batch.place(store, this.#sortedCell(key));
    }
    for (const lane of lanes) {
      const shown = this.#laneCards.get(lane);
      const felt = this.#feelings.get(lane);
      if (shown === undefined && felt === undefined) continue;
      const sorted = this.#sortedLane(lane);
      if (shown !== undefined) batch.place(shown, sorted);
      if (felt !== undefined) batch.place(felt, sorted);
    }
  }

  #sortedCell(key: string): readonly string[] {
    return [...(this.#members.get(key) ?? [])]
      .map((id) => this.#cards.get(id))
      .filter((card) => card !== undefined)
      .sort(byOrder)
      .map((card) => card.id);
  }

  #sortedLane(lane: string): readonly Card[] {
    return [...this.#cards.values()].filter((card) => card.lane === lane).sort(byOrder);
  }

  #sortedThread(card: string): readonly Comment[] {
    return [...this.#comments.values()].filter((comment) => comment.card === card).sort(byOrder);
  }

  #countCards(): number {
    let count = 0;
    for (const card of this.#cards.values()) {
      if (this.lanes.get(card.lane) !== undefined && this.stages.get(card.stage) !== undefined) {
        count += 1;
      }
    }
    return count;
  }
}

function isElsewhere({ before, after }: Change<Card>): boolean {
  return before?.lane !== after?.lane || before?.stage !== after?.stage;
}

function sameFeelings(a: readonly Feeling[], b: readonly Feeling[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return (
        one.id === other?.id &&
        one.stage === other.stage &&
        one.score === other.score &&
        one.persona === other.persona
      );
    })
  );
}

const open = new WeakMap<Y.Doc, Journey>();

/** The one journey of a document: title bar and editor share its stores and its undo stack. */
export function openJourney(doc: Y.Doc): Journey {
  const known = open.get(doc);
  if (known !== undefined) return known;
  const journey = new Journey(doc);
  open.set(doc, journey);
  return journey;
}
