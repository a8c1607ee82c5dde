// How long an agenda takes, when it would end, and where in it people are. Pure; times are milliseconds since 1970 UTC on the server's clock.
import type { AgendaStep, CurrentStep, Step, StepId } from '../wire/channel';
import { timeLeft } from './clock';

export interface Length {
  readonly minutes: number;
  /** How many steps take as long as they take. */
  readonly openEnded: number;
}

export function lengthOf(steps: readonly Step[]): Length {
  return {
    minutes: steps.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    openEnded: steps.filter(({ minutes }) => minutes === undefined).length,
  };
}

export interface Ending {
  readonly at: number;
  /** Some step that is not over has no limit: it will not be before that. */
  readonly isAtLeast: boolean;
}

/** If every step took its time from now on; null when nothing is left to take any. */
export function endOf(
  steps: readonly AgendaStep[],
  current: CurrentStep | undefined,
  now: number,
): Ending | null {
  const at = placeOf(steps, current);
  const later = lengthOf(steps.slice(at + 1));
  const left = current === undefined || at < 0 ? 0 : timeLeft(current.clock, now);
  const isAtLeast = later.openEnded > 0 || left === null;
  if (later.minutes === 0 && (left ?? 0) === 0) return null;
  return { at: now + (left ?? 0) + later.minutes * 60_000, isAtLeast };
}

export type Stand = 'done' | 'now' | 'later';

/** What is before the step under way has been; while there is none, all of it is to come. */
export function standOf(
  steps: readonly AgendaStep[],
  current: CurrentStep | undefined,
): (id: StepId) => Stand {
  const at = placeOf(steps, current);
  return (id) => {
    const place = steps.findIndex((step) => step.id === id);
    return place === at ? 'now' : place < at ? 'done' : 'later';
  };
}

function placeOf(steps: readonly AgendaStep[], current: CurrentStep | undefined): number {
  return current === undefined ? -1 : steps.findIndex(({ id }) => id === current.id);
}
