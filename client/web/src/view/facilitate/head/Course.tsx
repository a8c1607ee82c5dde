// On to the next step, back, or the end. Each button says where it leads; for a moment after the step has changed none of them takes a
// press, since whoever pressed meant what stood there before.
import { type JSX, useEffect, useState } from 'react';
import type { StepNow } from '../../../facilitation/step';
import { useBoard } from '../../map/use';
import { ArrowLeftIcon, ArrowRightIcon, Button, FlagIcon } from '../../ui';
import { useShared } from '../../workshop/use-workshop';
import { finish, goBack, goOn } from '../course';

/** Milliseconds. */
const SETTLES = 400;

export function Course({ now }: { readonly now: StepNow }): JSX.Element {
  const board = useBoard();
  const shared = useShared();
  const isSettled = useSettled(`${now.step.id} ${shared?.current?.began}`);
  const before = shared?.agenda[now.place - 2];
  const isLast = now.next === undefined;
  return (
    <div className="f-course">
      <Button
        variant={'zero' in now.clock ? 'primary' : 'secondary'}
        size="l"
        wide
        icon={isLast ? FlagIcon : ArrowRightIcon}
        className="f-course__next"
        isDisabled={!isSettled}
        {...('zero' in now.clock ? { 'data-first': '' } : {})}
        onPress={() => void goOn(board)}
      >
        {isLast ? 'Finish for everyone' : `Next: ${now.next?.title}`}
      </Button>
      <div className="f-course__rest">
        <Button
          size="s"
          variant="ghost"
          icon={ArrowLeftIcon}
          isDisabled={!isSettled || before === undefined}
          {...(before === undefined
            ? {}
            : { 'aria-label': `Back to ${before.title}, from its beginning` })}
          onPress={() => void goBack(board)}
        >
          Back
        </Button>
        {isLast ? null : (
          <Button
            size="s"
            variant="ghost"
            aria-label="Finish the agenda for everyone"
            isDisabled={!isSettled}
            onPress={() => void finish(board)}
          >
            Finish
          </Button>
        )}
      </div>
    </div>
  );
}

function useSettled(what: string): boolean {
  const [settled, setSettled] = useState(what);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(what), SETTLES);
    return () => clearTimeout(timer);
  }, [what]);
  return settled === what;
}
