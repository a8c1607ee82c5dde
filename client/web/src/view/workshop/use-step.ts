// The step under way, for components: the same on every screen. The seconds are a store of their own, so that only what shows them is drawn
// anew when they change.
import { secondsLeft } from '../../facilitation/seconds';
import { type Readiness, type StepNow, stepsOf } from '../../facilitation/step';
import { useBoard } from '../map/use';
import { useStore } from '../use-store';

export function useStepNow(): StepNow | null {
  return useStore(stepsOf(useBoard().connection.workshop.shared).now);
}

export function useReadiness(): Readiness {
  return useStore(stepsOf(useBoard().connection.workshop.shared).readiness);
}

/** Draws its component anew each second while a clock runs. */
export function useSecondsLeft(): number | null {
  return useStore(secondsLeft(useBoard().connection.workshop.shared));
}
