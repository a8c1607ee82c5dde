// One step in the agenda: what it is, how long, where, and whether it has been; its title opens its fields.
import type { JSX } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Stand } from '../../../facilitation/agenda-times';
import type { AgendaStep } from '../../../wire/channel';
import { chordWords } from '../../map/acts/chords';
import { useBoard, useStore } from '../../map/use';
import {
  CheckIcon,
  GripIcon,
  IconButton,
  LockIcon,
  Menu,
  MenuItem,
  MenuLine,
  MoreIcon,
  PlayIcon,
} from '../../ui';
import { focusWords } from '../../workshop/words';
import { jump } from '../course';
import { MODES } from '../words';
import { duplicate, moveBy, nameOf, removeStep } from './acts';
import { StepForm } from './StepForm';

export function StepRow({
  step,
  place,
  of,
  stand,
  isOpen,
  isFresh,
  onOpen,
  onDraft,
}: {
  readonly step: AgendaStep;
  /** From 1. */
  readonly place: number;
  readonly of: number;
  readonly stand: Stand;
  readonly isOpen: boolean;
  readonly isFresh: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onDraft: (name: 'title' | 'instructions', text: string | null) => void;
}): JSX.Element {
  const board = useBoard();
  return (
    <li
      className={`f-step f-step--${stand}`}
      data-step={step.id}
      {...(stand === 'now' ? { 'aria-current': 'step' as const } : {})}
    >
      <div className="f-step__line">
        <span className="f-step__grip" data-grip="" aria-hidden="true">
          <GripIcon size={16} />
        </span>
        <span className="f-step__mark" aria-hidden="true">
          {stand === 'done' ? <CheckIcon size={14} /> : place}
        </span>
        <AriaButton
          className="f-step__title"
          data-control="title"
          aria-expanded={isOpen}
          onPress={() => onOpen(!isOpen)}
        >
          <span className="f-step__name">
            <span className="visually-hidden">{`Step ${place}${stand === 'done' ? ', done' : stand === 'now' ? ', under way' : ''}: `}</span>
            {step.title}
          </span>
          <Facts step={step} />
        </AriaButton>
        <span className="f-step__minutes">
          {step.minutes === undefined ? 'no limit' : `${step.minutes} min`}
        </span>
        {stand === 'now' ? (
          <span className="f-step__now">now</span>
        ) : (
          <IconButton
            label={`Start ${nameOf(step)} for everyone`}
            icon={PlayIcon}
            size="s"
            data-control="start"
            onPress={() => void jump(board, step.id)}
          />
        )}
        <Menu
          aria-label={`What to do with ${nameOf(step)}`}
          trigger={
            <IconButton
              label={`More for ${nameOf(step)}`}
              icon={MoreIcon}
              size="s"
              data-control="more"
            />
          }
          disabledKeys={[...(place === 1 ? ['up'] : []), ...(place === of ? ['down'] : [])]}
          onAction={(action) => {
            if (action === 'again') void jump(board, step.id);
            if (action === 'up') moveBy(board, step.id, -1);
            if (action === 'down') moveBy(board, step.id, 1);
            if (action === 'twice') void duplicate(board, step);
            if (action === 'remove') void removeStep(board, step.id);
          }}
        >
          {stand === 'now' ? <MenuItem id="again">Start it again for everyone</MenuItem> : null}
          <MenuItem id="up" shortcut={chordWords('Alt+ArrowUp')}>
            Move up
          </MenuItem>
          <MenuItem id="down" shortcut={chordWords('Alt+ArrowDown')}>
            Move down
          </MenuItem>
          <MenuItem id="twice">Duplicate</MenuItem>
          <MenuLine />
          <MenuItem id="remove" danger>
            Remove
          </MenuItem>
        </Menu>
      </div>
      {isOpen ? (
        <StepForm step={step} isNow={stand === 'now'} isFresh={isFresh} onDraft={onDraft} />
      ) : null}
    </li>
  );
}

/** What kind of step, where, and whether the rest is held still. */
function Facts({ step }: { readonly step: AgendaStep }): JSX.Element {
  const { journey } = useBoard();
  const stages = useStore(journey.stages.all);
  const lanes = useStore(journey.lanes.all);
  const where = focusWords(step.focus, stages, lanes);
  return (
    <span className="f-step__facts">
      {MODES[step.mode].name}
      {where === undefined ? null : ` · ${where}`}
      {step.lock && where !== undefined ? (
        <>
          {' '}
          <LockIcon size={12} />
          <span className="visually-hidden">, only the focus can be changed</span>
        </>
      ) : null}
      {step.atZero === 'wait' || step.minutes === undefined
        ? null
        : ` · ${step.atZero === 'lock' ? 'locks at zero' : 'goes on by itself'}`}
    </span>
  );
}
