// All there is to know of the step under way, below its bar: the whole of its instructions, where it is about, what happens when the time is
// up, what comes next.
import type { JSX } from 'react';
import type { StepNow } from '../../facilitation/step';
import { useBoard, useStore } from '../map/use';
import { FocusButton } from './FocusButton';
import { focusWords, laterWords, minutesWords } from './words';

export function StepDetails({
  now,
  id,
  opensByItself,
  onOpensByItself,
}: {
  readonly now: StepNow;
  readonly id: string;
  readonly opensByItself: boolean;
  readonly onOpensByItself: (on: boolean) => void;
}): JSX.Element {
  const { journey } = useBoard();
  const stages = useStore(journey.stages.all);
  const lanes = useStore(journey.lanes.all);
  const { step, next } = now;
  const where = focusWords(step.focus, stages, lanes);
  return (
    <div className="w-details" id={id}>
      {step.instructions.trim() === '' ? null : (
        <p className="w-details__text">{step.instructions.trim()}</p>
      )}
      <dl className="w-details__facts">
        {where === undefined ? null : (
          <div>
            <dt>Focus</dt>
            <dd>
              {where}
              {step.lock ? '. Only facilitators change anything else.' : ''}{' '}
              <FocusButton now={now} />
            </dd>
          </div>
        )}
        {step.minutes === undefined ? null : (
          <div>
            <dt>When time is up</dt>
            <dd>{laterWords(step)}</dd>
          </div>
        )}
        <div>
          <dt>Next</dt>
          <dd>
            {next === undefined ? 'This is the last step.' : `${next.title}${minutesWords(next)}`}
          </dd>
        </div>
      </dl>
      <label className="w-details__check">
        <input
          type="checkbox"
          checked={opensByItself}
          onChange={(event) => onOpensByItself(event.target.checked)}
        />
        Open this when a step begins
      </label>
    </div>
  );
}
