// The time left of the step under way: the only part of the page that is drawn each second. Calm until the last minute, then in another
// colour and with words to it. It is no live region: what is worth saying of the time is said by `voice`.
import type { CSSProperties, JSX } from 'react';
import { clockFace, LAST_MINUTE, spokenTime } from '../../facilitation/moments';
import type { StepNow } from '../../facilitation/step';
import { ClockIcon, PauseIcon } from '../ui';
import { useSecondsLeft, useStepNow } from './use-step';

type Phase = 'calm' | 'last' | 'zero' | 'paused' | 'open';

const WORDS: Readonly<Record<Phase, string>> = {
  calm: 'left',
  last: 'last minute',
  zero: 'time is up',
  paused: 'paused',
  open: 'No time limit',
};

function phaseOf({ clock }: StepNow, seconds: number | null): Phase {
  if ('zero' in clock) return 'zero';
  if ('paused' in clock) return 'paused';
  if (seconds === null) return 'open';
  return seconds <= LAST_MINUTE ? 'last' : 'calm';
}

export function TimeLeft(): JSX.Element | null {
  const now = useStepNow();
  const seconds = useSecondsLeft();
  if (now === null) return null;
  const phase = phaseOf(now, seconds);
  const Mark = phase === 'paused' ? PauseIcon : ClockIcon;
  const until = 'runs' in now.clock ? now.clock.runs.until : undefined;
  return (
    <div className={`w-time w-time--${phase}`} data-phase={phase}>
      {phase === 'calm' ? null : <Mark size={16} className="w-time__mark" />}
      {seconds === null ? null : (
        // When it ends, as the server says, for whoever wants to know which deadline is counted down.
        <span
          role="timer"
          aria-label={`${spokenTime(seconds)} left`}
          className="w-time__face"
          data-until={until}
        >
          {clockFace(seconds)}
        </span>
      )}
      <span className="w-time__words">
        {phase === 'paused' && seconds === null ? 'Paused' : WORDS[phase]}
      </span>
    </div>
  );
}

/** A thin line under the bar that grows shorter with the time; only for the eye. */
export function TimeLine(): JSX.Element | null {
  const now = useStepNow();
  const seconds = useSecondsLeft();
  if (now === null || seconds === null) return null;
  // More than the step's own minutes is left after an extension: the line is full again.
  const whole = Math.max((now.step.minutes ?? 0) * 60, seconds, 1);
  const style: CSSProperties & Record<'--left', string> = { '--left': String(seconds / whole) };
  return (
    <span className={`w-line w-line--${phaseOf(now, seconds)}`} style={style} aria-hidden="true" />
  );
}
