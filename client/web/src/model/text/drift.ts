// How far a text has moved on while an input method was composing.
// During a composition the field's own text must stay untouched, so others' edits are only noted here; when it ends, the
// composed change is carried over to the text as it is by then. Called by the text binding; pure but for its own state.
import type { Difference } from './difference';

/** One step of a Y.Text delta, as far as positions are concerned. */
export interface DeltaStep {
  readonly retain?: number | undefined;
  readonly delete?: number | undefined;
  readonly insert?: unknown;
}

function insertedLength(insert: unknown): number {
  // An embedded object of a foreign client counts as one unit.
  return typeof insert === 'string' ? insert.length : 1;
}

/** Where a position is after a delta; an insertion exactly there leaves the position before it. */
export function carry(position: number, delta: readonly DeltaStep[]): number {
  let at = 0;
  let carried = position;
  for (const step of delta) {
    if (at >= carried && step.delete === undefined) break;
    if (step.retain !== undefined) {
      at += step.retain;
    } else if (step.delete !== undefined) {
      carried -= Math.min(step.delete, Math.max(0, carried - at));
    } else if (step.insert !== undefined) {
      const length = insertedLength(step.insert);
      carried += length;
      at += length;
    }
  }
  return carried;
}

export class Drift {
  /** For each unit of the present text: its index in the base text, or −1 when it came since. */
  #from: number[];

  constructor(baseLength: number) {
    this.#from = Array.from({ length: baseLength }, (_, index) => index);
  }

  note(delta: readonly DeltaStep[]): void {
    let at = 0;
    for (const step of delta) {
      if (step.retain !== undefined) at += step.retain;
      else if (step.delete !== undefined) this.#from.splice(at, step.delete);
      else if (step.insert !== undefined) {
        const length = insertedLength(step.insert);
        this.#from.splice(at, 0, ...new Array<number>(length).fill(-1));
        at += length;
      }
    }
  }

  /**
   * The change to make in the present text for a change of the base text, as deletions from right to left and one
   * insertion. What others wrote inside the replaced range stays.
   */
  resolve(change: Difference): { deletions: { index: number; length: number }[]; index: number } {
    const end = change.index + change.remove;
    let index = this.#from.length;
    for (let at = 0; at < this.#from.length; at += 1) {
      const from = this.#from[at] ?? -1;
      if (from >= change.index) {
        index = at;
        break;
      }
      // Right after what stood before the change, ahead of what others put there.
      if (from === change.index - 1) {
        index = at + 1;
        break;
      }
    }
    if (change.index === 0) index = 0;
    const deletions: { index: number; length: number }[] = [];
    for (let at = this.#from.length - 1; at >= 0; at -= 1) {
      const from = this.#from[at] ?? -1;
      if (from < change.index || from >= end) continue;
      const last = deletions.at(-1);
      if (last !== undefined && last.index === at + 1) {
        last.index = at;
        last.length += 1;
      } else {
        deletions.push({ index: at, length: 1 });
      }
    }
    return { deletions, index };
  }
}
