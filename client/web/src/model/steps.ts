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

export class Steps {
  readonly #manager: Y.UndoManager;
  readonly #state = new Source<StepState>(
    { canUndo: false, canRedo: false, taken: 0 },
    (a, b) => a.canUndo === b.canUndo && a.canRedo === b.canRedo && a.taken === b.taken,
  );
  #taken = 0;

  constructor(roots: Y.Map<unknown>[]) {
    this.#manager = new Y.UndoManager(roots, {
      trackedOrigins: new Set([LOCAL]),
      captureTimeout: PAUSE,
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

  /** The next edit begins a new step. */
  boundary(): void {
    this.#manager.stopCapturing();
  }

  undo(): boolean {
    const undone = this.#manager.undo() !== null;
    this.boundary();
    return undone;
  }

  redo(): boolean {
    const redone = this.#manager.redo() !== null;
    this.boundary();
    return redone;
  }

  /** Undoes every step taken since `depth` was read. */
  backTo(depth: number): void {
    while (this.#manager.undoStack.length > depth) {
      if (this.#manager.undo() === null) break;
    }
    this.boundary();
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
