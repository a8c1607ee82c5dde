// What of the map a step leaves out, and what it holds still for participants (LOCK). The server decides; a screen that asks here first
// offers nothing that would be refused. Facilitators are free.
import type { Focus, Role, Shared } from '../wire/channel';

/** A cell, a lane or a stage. */
export interface Place {
  readonly lane?: string;
  readonly stage?: string;
}

/** Somebody may not change everything now: the step is about a part of the map, or its time is up. */
export type Lock = { readonly by: 'focus'; readonly focus: Focus } | { readonly by: 'time' };

/** What the step under way is about; null when there is none, or when it is about the whole map. */
export function focusOf(shared: Shared | null): Focus | null {
  const focus = stepOf(shared)?.focus;
  return focus === undefined || (focus.stages ?? focus.lanes) === undefined ? null : focus;
}

/** What keeps somebody of this role from changing the map; null when nothing does. Observers change nothing anyway. */
export function lockOf(shared: Shared | null, role: Role): Lock | null {
  const step = stepOf(shared);
  if (step === undefined || role !== 'participant') return null;
  const isUp = shared?.current !== undefined && 'zero' in shared.current.clock;
  if (isUp && step.atZero === 'lock') return { by: 'time' };
  const focus = focusOf(shared);
  return step.lock && focus !== null ? { by: 'focus', focus } : null;
}

/** Whether a lock leaves that place free. Only cards are, and what is said of them: without a cell, it is anything else (LOCK-3). */
export function mayChange(lock: Lock | null, place?: Place): boolean {
  if (lock === null) return true;
  const { lane, stage } = place ?? {};
  if (lock.by === 'time' || lane === undefined || stage === undefined) return false;
  return !isLeftOut(lock.focus, { lane, stage });
}

/** Whether none of it is. A stage is not left out by a focus on lanes, nor a lane by one on stages. */
export function isLeftOut(focus: Focus | null, { stage, lane }: Place): boolean {
  const lacks = (ids: readonly string[] | undefined, id: string | undefined): boolean =>
    ids !== undefined && id !== undefined && !ids.includes(id);
  return focus !== null && (lacks(focus.stages, stage) || lacks(focus.lanes, lane));
}

function stepOf(shared: Shared | null): Shared['agenda'][number] | undefined {
  return shared?.agenda.find(({ id }) => id === shared.current?.id);
}
