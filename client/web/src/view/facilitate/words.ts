// How an agenda is put in words for whoever runs it.
import type { Ending, Length } from '../../facilitation/agenda-times';
import type { StepNow } from '../../facilitation/step';
import type { AtZero, Mode } from '../../wire/channel';

export const MODES: Readonly<Record<Mode, { readonly name: string; readonly asks: string }>> = {
  open: { name: 'On the map', asks: 'Everyone works on the map' },
  brainstorm: { name: 'Brainstorm', asks: 'Everyone writes alone, until you reveal' },
  vote: { name: 'Vote', asks: 'You hold a round of voting' },
  discuss: { name: 'Talk', asks: 'Everyone talks' },
  break: { name: 'Break', asks: 'Nobody works' },
};

export const AT_ZERO: Readonly<Record<AtZero, string>> = {
  wait: 'It waits for you',
  advance: 'The next step begins',
  lock: 'The map is locked until you go on',
};

/** What the end of its time means for everybody, before it and once it has come. */
export function zeroWords({ step, next, clock }: StepNow): string {
  if ('zero' in clock) {
    return step.atZero === 'lock'
      ? 'The map is locked for participants until you go on or give more time.'
      : 'It waits for you to go on, or to give more time.';
  }
  const isEndless =
    'runs' in clock ? clock.runs.until === undefined : clock.paused.left === undefined;
  if (isEndless) return 'No time limit: it ends when you go on.';
  switch (step.atZero) {
    case 'wait':
      return 'At zero it waits for you.';
    case 'advance':
      return next === undefined
        ? 'At zero the agenda is finished by itself.'
        : `At zero “${next.title}” begins by itself.`;
    case 'lock':
      return 'At zero the map is locked for participants until you go on.';
  }
}

/** "1 h 30 min", "45 min". */
export function long(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** "7 steps, 1 h 30 min", with what has no limit said. */
export function lengthWords(steps: number, { minutes, openEnded }: Length): string {
  const count = `${steps} ${steps === 1 ? 'step' : 'steps'}`;
  if (openEnded === steps) return `${count} without a time limit`;
  return `${count}, ${long(minutes)}${openEnded === 0 ? '' : ` and ${openEnded} without a limit`}`;
}

/** "Ends about 15:40" in the time of this place. */
export function endWords({ at, isAtLeast }: Ending, isUnderWay: boolean): string {
  const clock = new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const when = `${isAtLeast ? 'not before' : 'about'} ${clock}`;
  return isUnderWay ? `Ends ${when}` : `Started now, it ends ${when}`;
}
