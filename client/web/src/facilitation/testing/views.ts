// For tests only: shared views as a server would send them.
import type { AgendaStep, ClockView, CurrentStep, Shared } from '../../wire/channel';

export const EMPTY: Shared = {
  seq: 1,
  now: 0,
  people: [],
  agenda: [],
  hands: [],
  parked: [],
  rounds: [],
  emotionRounds: [],
};

export function step(id: number, more: Partial<AgendaStep> = {}): AgendaStep {
  return {
    id,
    title: `Step ${id}`,
    instructions: '',
    minutes: 10,
    focus: {},
    mode: 'open',
    lock: false,
    atZero: 'wait',
    ...more,
  };
}

/** A view in which step 2 of 3 is under way; `more` is said of that step, `clock` of its time. */
export function underWay(
  clock: ClockView,
  more: Partial<AgendaStep> = {},
  current: Partial<CurrentStep> = {},
): Shared {
  return {
    ...EMPTY,
    agenda: [step(1), step(2, more), step(3)],
    current: { id: 2, began: 0, clock, ready: [], ...current },
  };
}
