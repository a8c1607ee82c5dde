// The step under way, for whoever runs it: what it is, the time left, what happens at zero, and the buttons that move everyone. Before an
// agenda is started, the one button that starts it.
import type { JSX } from 'react';
import type { StepNow } from '../../../facilitation/step';
import { useBoard } from '../../map/use';
import { Button, PauseIcon, PlayIcon } from '../../ui';
import { TimeLeft } from '../../workshop/TimeLeft';
import { useStepNow } from '../../workshop/use-step';
import '../../workshop/step-bar.css';
import { useCommand, useShared } from '../../workshop/use-workshop';
import { start } from '../course';
import { zeroWords } from '../words';
import { Course } from './Course';
import { TimeButtons } from './TimeButtons';
import { WhoIsDone } from './WhoIsDone';

export function Head(): JSX.Element {
  const now = useStepNow();
  return (
    <section className="f-head" aria-label="Clock and course">
      {now === null ? <Before /> : <UnderWay now={now} />}
    </section>
  );
}

function Before(): JSX.Element {
  const board = useBoard();
  const shared = useShared();
  const [first] = shared?.agenda ?? [];
  if (first === undefined) {
    return (
      <p className="f-head__none">{shared === null ? 'Connecting…' : 'No step is under way.'}</p>
    );
  }
  return (
    <>
      <p className="f-head__none">No step is under way. The first one is “{first.title}”.</p>
      <Button
        variant="primary"
        size="l"
        icon={PlayIcon}
        wide
        data-first=""
        onPress={() => void start(board, first.id)}
      >
        Start for everyone
      </Button>
    </>
  );
}

function UnderWay({ now }: { readonly now: StepNow }): JSX.Element {
  const command = useCommand();
  const { step, place, of, clock } = now;
  const isUp = 'zero' in clock;
  const isPaused = 'paused' in clock;
  return (
    <>
      <div className="f-head__what">
        <p className="f-head__place">
          Step {place} of {of}
        </p>
        <h3 className="f-head__title">{step.title}</h3>
      </div>
      <div className="f-head__time">
        <TimeLeft />
        {isUp ? null : (
          <Button
            size="l"
            variant={isPaused ? 'primary' : 'secondary'}
            icon={isPaused ? PlayIcon : PauseIcon}
            data-first=""
            onPress={() => void command(isPaused ? { resume: {} } : { pause: {} })}
          >
            {isPaused ? 'Resume for all' : 'Pause for all'}
          </Button>
        )}
      </div>
      <TimeButtons now={now} />
      <p className="f-head__zero">{zeroWords(now)}</p>
      <Course now={now} />
      <WhoIsDone />
    </>
  );
}
