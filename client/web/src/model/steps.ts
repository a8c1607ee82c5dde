// Undo and redo of one's own edits, in steps a person would name.
// A structural act (add, move, delete, one field) is a step of its own; typing runs together until it pauses. Others'
// edits are never undone: only transactions with origin LOCAL are tracked.
import * as Y from 'yjs';
import { LOCAL } from '../sync/origin';
import type { Store } from '../sync/store';
import { Source } from './source';

/** Typing that pauses this long starts a new step. Milliseconds. */
const PAUSE = 900;

export interface StepState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Counts own steps taken, so that an offer to undo one can see that another came after it. */
  readonly taken: number;
}

type Step = Y.UndoManager['undoStack'][number];

export class Steps {
  readonly #manager: Y.UndoManager;
  readonly #state = new Source<StepState>(
    { canUndo: false, canRedo: false, taken: 0 },
    (a, b) => a.canUndo === b.canUndo && a.canRedo === b.canRedo && a.taken === b.taken,
  );
  #taken = 0;
  /** The steps as they were when an undo or redo began: while it runs, its own is off the stack. */
  #before: readonly Step[] = [];

  constructor(roots: readonly Y.Map<unknown>[]) {
    this.#manager = new Y.UndoManager([...roots], {
      trackedOrigins: new Set([LOCAL]),
      captureTimeout: PAUSE,
      deleteFilter: (item) => this.#mayGo(item, roots),
    });
    this.#manager.on('stack-item-added', (event: { type: 'undo' | 'redo'; origin: unknown }) => {
      if (event.origin === LOCAL) this.#taken += 1;
      this.#tell();
    });
    this.#manager.on('stack-item-popped', () => this.#tell());
    this.#manager.on('stack-cleared', () => this.#tell());
  }

  get state(): Store<StepState> {
    return this.#state;
  }

  /** How many steps can be undone: a mark to go back to. */
  get depth(): number {
    return this.#manager.undoStack.length;
  }

  /** How many steps that were undone can be done again. */
  get redoDepth(): number {
    return this.#manager.redoStack.length;
  }

  /** The next edit begins a new step. */
  boundary(): void {
    this.#manager.stopCapturing();
  }

  undo(): boolean {
    const undone = this.#undo();
    this.boundary();
    return undone;
  }

  redo(): boolean {
    this.#before = [...this.#manager.redoStack];
    const redone = this.#manager.redo() !== null;
    this.boundary();
    return redone;
  }

  /** Undoes every step taken since `depth` was read. */
  backTo(depth: number): void {
    while (this.#manager.undoStack.length > depth) {
      if (!this.#undo()) break;
    }
    this.boundary();
  }

  #undo(): boolean {
    this.#before = [...this.#manager.undoStack];
    return this.#manager.undo() !== null;
  }

  /**
   * Whether undo may take away an item. An entry goes with all that is in it, so one in which others have written stays
   * when its making is undone: of it, only one's own letters go.
   */
  #mayGo(item: Y.Item, roots: readonly Y.Map<unknown>[]): boolean {
    const entry = entryItemOf(item, roots);
    if (entry === undefined) return true;
    const step = this.#before.find(({ insertions }) => Y.isDeleted(insertions, item.id));
    const undoesMaking = step !== undefined && Y.isDeleted(step.insertions, entry.id);
    if (!undoesMaking || !holdsOthers(entry, item.id.client)) return true;
    return item !== entry && item.parentSub === null;
  }

  #tell(): void {
    const placed = this.#state.place({
      canUndo: this.#manager.undoStack.length > 0,
      canRedo: this.#manager.redoStack.length > 0,
      taken: this.#taken,
    });
    if (placed) this.#state.tell();
  }
}

/** The item of the root collection's entry that this item is, or is in. */
function entryItemOf(item: Y.Item, roots: readonly Y.Map<unknown>[]): Y.Item | undefined {
  let at: Y.Item | null = item;
  while (at !== null) {
    const parent: unknown = at.parent;
    if (roots.some((root) => root === parent))
      return at.content instanceof Y.ContentType ? at : undefined;
    at = parent instanceof Y.AbstractType ? parent._item : null;
  }
  return undefined;
}

/** Where a card lies is no content: moving somebody's card makes it nobody else's. */
const PLACE: ReadonlySet<string> = new Set(['lane', 'stage', 'order']);

function holdsOthers(entry: Y.Item, self: number): boolean {
  const { content } = entry;
  if (!(content instanceof Y.ContentType)) return false;
  for (const [field, item] of content.type._map) {
    if (item.deleted || PLACE.has(field)) continue;
    if (item.id.client !== self) return true;
    const inner = item.content;
    if (!(inner instanceof Y.ContentType)) continue;
    for (let part = inner.type._start; part !== null; part = part.right) {
      if (!part.deleted && part.id.client !== self) return true;
    }
  }
  return false;
}
