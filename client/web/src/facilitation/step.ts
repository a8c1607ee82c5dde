// The step under way as a screen shows it: which of how many, what comes next, who is done. Read from the shared view, and the same object
// for as long as nothing of it changes, so that nothing is drawn anew when somebody else joins or votes.
import { derivedStore, type Store } from '../sync/store';
import type { AgendaStep, ClockView, Person, Shared } from '../wire/channel';

export interface StepNow {
  readonly step: AgendaStep;
  /** From 1. */
  readonly place: number;
  readonly of: number;
  readonly next: AgendaStep | undefined;
  readonly clock: ClockView;
}

export interface Readiness {
  /** Ids of who is done. */
  readonly done: readonly string[];
  /** How many that could be: those who are, and every participant who is here. */
  readonly of: number;
}

/** What there is to show of one connection's workshop. */
export interface Steps {
  /** Null while no step is under way. */
  readonly now: Store<StepNow | null>;
  readonly readiness: Store<Readiness>;
}

const known = new WeakMap<Store<Shared | null>, Steps>();

export function stepsOf(shared: Store<Shared | null>): Steps {
  const found = known.get(shared);
  if (found !== undefined) return found;
  const made: Steps = {
    now: derivedStore([shared], () => stepNow(shared.get()), isSame),
    readiness: derivedStore([shared], () => readiness(shared.get()), isSame),
  };
  known.set(shared, made);
  return made;
}

/** Both are plain values without cycles, and small. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function stepNow(shared: Shared | null): StepNow | null {
  if (shared?.current === undefined) return null;
  const { id, clock } = shared.current;
  const at = shared.agenda.findIndex((one) => one.id === id);
  const step = shared.agenda[at];
  if (step === undefined) return null;
  return { step, place: at + 1, of: shared.agenda.length, next: shared.agenda[at + 1], clock };
}

/**
 * Facilitators count when they are done, and are not waited for: they have the room to look after. Nor is anybody who is
 * not here.
 */
export function readiness(shared: Shared | null): Readiness {
  const done = shared?.current?.ready ?? [];
  return { done, of: done.length + waitedFor(shared).length };
}

/** Every participant who is here and has not said that they are done. */
export function waitedFor(shared: Shared | null): readonly Person[] {
  const done = shared?.current?.ready ?? [];
  return (shared?.people ?? []).filter(
    ({ id, role, online }) => role === 'participant' && online && !done.includes(id),
  );
}
