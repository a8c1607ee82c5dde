// "I'm done", for those who are asked (AGENDA-6), and how many are. It shows what was pressed at once and what the server says once it has
// answered; a new step clears it for everybody.
import { type JSX, useState } from 'react';
import { useBoard } from '../map/use';
import { Button, CheckIcon } from '../ui';
import { useReadiness, useStepNow } from './use-step';
import { useCommand } from './use-workshop';

export function Ready(): JSX.Element | null {
  const board = useBoard();
  const { done, of } = useReadiness();
  const now = useStepNow();
  const command = useCommand();
  const [asked, setAsked] = useState<boolean | null>(null);
  const isAsked = !board.readOnly;
  const isDone = asked ?? done.includes(board.me.participant);
  const press = (): void => {
    if (asked !== null) return;
    setAsked(!isDone);
    // Of this step and no other: what is pressed as it ends says nothing of the next.
    const step = now === null ? {} : { step: now.step.id };
    void command({ setReady: { ready: !isDone, ...step } }).finally(() => setAsked(null));
  };
  return (
    <div className="w-ready">
      <span className="w-ready__count">
        {done.length} of {of} done
      </span>
      {isAsked ? (
        <Button
          className="w-ready__button"
          aria-pressed={isDone}
          {...(isDone ? { icon: CheckIcon } : {})}
          onPress={press}
        >
          I’m done
        </Button>
      ) : null}
    </div>
  );
}
