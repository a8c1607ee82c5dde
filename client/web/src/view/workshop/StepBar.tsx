// The bar of the step under way, the same for everyone: what it is, the first line of what to do, who is done, and the time left. Nothing
// while no step is under way. Its own look (one line of it, instructions open) is each person's.
import { type JSX, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useBoard } from '../map/use';
import { RaiseHand } from '../people/RaiseHand';
import { rememberedStepBar, rememberStepBar, type StepBarLook } from '../remembered';
import { Button, ChevronDownIcon, ChevronUpIcon, IconButton, InfoIcon, LockIcon } from '../ui';
import { FocusButton } from './FocusButton';
import { Ready } from './Ready';
import { StepDetails } from './StepDetails';
import { TimeLeft, TimeLine } from './TimeLeft';
import { useStepNow } from './use-step';
import { firstLine, upWords } from './words';
import './step-bar.css';

export function StepBar(): JSX.Element | null {
  const { me } = useBoard();
  const now = useStepNow();
  const [look, setLook] = useState(rememberedStepBar);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  useOpening(now?.step.id, look, setOpen);
  if (now === null) return null;
  const { step, place, of, next, clock } = now;
  const isUp = 'zero' in clock;
  const change = (part: Partial<StepBarLook>): void => {
    const changed = { ...look, ...part };
    setLook(changed);
    rememberStepBar(changed);
  };
  return (
    <section
      aria-label="Step under way"
      className={`w-bar ${look.isSmall ? 'w-bar--small' : ''} ${isOpen ? 'w-bar--open' : ''} ${isUp ? 'w-bar--up' : ''}`}
    >
      <div className="w-bar__row">
        <div className="w-bar__what">
          <h2 className="w-bar__title">{step.title}</h2>
          <p className="w-bar__place">
            <span className="w-bar__count">
              Step {place} of {of}
            </span>
            <span className="w-bar__short" aria-hidden="true">
              {place}/{of}
            </span>
            <span className="w-bar__next">
              {next === undefined ? ', the last one' : `, next: ${next.title}`}
            </span>
          </p>
        </div>
        <p className={`w-bar__first ${isUp ? 'w-bar__first--up' : ''}`}>
          {isUp && step.atZero === 'lock' ? <LockIcon size={16} /> : null}
          <span>{isUp ? upWords(step, me.role) : firstLine(step.instructions)}</span>
        </p>
        <div className="w-bar__acts">
          <Button
            size="s"
            variant="ghost"
            className="w-bar__more"
            icon={InfoIcon}
            aria-expanded={isOpen}
            {...(isOpen ? { 'aria-controls': id } : {})}
            onPress={() => setOpen(!isOpen)}
          >
            Instructions
          </Button>
          <FocusButton now={now} />
          <RaiseHand look="icon" />
          <Ready />
        </div>
        <TimeLeft />
        <IconButton
          label={look.isSmall ? 'Show all of the step' : 'Make the bar small'}
          icon={look.isSmall ? ChevronDownIcon : ChevronUpIcon}
          size="s"
          className="w-bar__fold"
          onPress={() => {
            setOpen(false);
            change({ isSmall: !look.isSmall });
          }}
        />
      </div>
      {isOpen ? (
        <StepDetails
          now={now}
          id={id}
          opensByItself={look.opensByItself}
          onOpensByItself={(opensByItself) => change({ opensByItself })}
        />
      ) : null}
      <TimeLine />
    </section>
  );
}

/** Opens the instructions of a step that begins, for those who want that; closes those of the one before. */
function useOpening(
  step: number | undefined,
  look: StepBarLook,
  setOpen: (open: boolean) => void,
): void {
  const wanted = useRef(look.opensByItself);
  useLayoutEffect(() => {
    wanted.current = look.opensByItself;
  });
  useEffect(() => {
    setOpen(step !== undefined && wanted.current);
  }, [step, setOpen]);
}
