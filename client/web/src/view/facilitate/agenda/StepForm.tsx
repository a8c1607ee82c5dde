// A step's fields, below its line in the agenda. Each is sent when its writer has done with it, whatever others change beside it.
import type { JSX } from 'react';
import type { StepPart } from '../../../facilitation/agenda-desk';
import {
  STEP_INSTRUCTIONS_CHARS,
  STEP_MINUTES,
  STEP_TITLE_CHARS,
} from '../../../facilitation/limits';
import type { AgendaStep, AtZero, Mode } from '../../../wire/channel';
import { Pick } from '../../map/panel/choices';
import { Toggle } from '../../map/panel/controls';
import { useBoard } from '../../map/use';
import { Button, CopyIcon, TrashIcon } from '../../ui';
import { deskOf } from '../desk';
import { KeptText } from '../KeptText';
import { AT_ZERO, MODES } from '../words';
import { duplicate, nameOf, removeStep } from './acts';
import { FocusPicker } from './FocusPicker';

const MODE_OPTIONS = (Object.keys(MODES) as Mode[]).map((mode) => ({
  id: mode,
  label: MODES[mode].asks,
}));
const ZERO_OPTIONS = (Object.keys(AT_ZERO) as AtZero[]).map((atZero) => ({
  id: atZero,
  label: AT_ZERO[atZero],
}));

export function StepForm({
  step,
  isNow,
  isFresh,
  onDraft,
}: {
  readonly step: AgendaStep;
  readonly isNow: boolean;
  readonly isFresh: boolean;
  /** Words that are typed and not sent yet. */
  readonly onDraft: (name: 'title' | 'instructions', text: string | null) => void;
}): JSX.Element {
  const board = useBoard();
  const desk = deskOf(board);
  const change = (part: StepPart): boolean => {
    void desk.change(step.id, part);
    return true;
  };
  const isWhole = (step.focus.stages ?? step.focus.lanes) === undefined;
  return (
    <fieldset className="f-form" aria-label={`Fields of ${nameOf(step)}`}>
      <KeptText
        label="Title"
        value={step.title}
        most={STEP_TITLE_CHARS}
        isFresh={isFresh}
        onKept={(title) => title !== '' && change({ title })}
        onDraft={(text) => onDraft('title', text)}
      />
      <KeptText
        label="What everyone is asked to do"
        value={step.instructions}
        lines={3}
        most={STEP_INSTRUCTIONS_CHARS}
        placeholder="The first line stands in everyone’s bar"
        onKept={(instructions) => change({ instructions })}
        onDraft={(text) => onDraft('instructions', text)}
      />
      <div className="f-form__two">
        <KeptText
          label="Minutes"
          value={step.minutes === undefined ? '' : String(step.minutes)}
          most={3}
          isNumber
          placeholder="No limit"
          onKept={(text) => {
            const minutes = minutesOf(text);
            return minutes !== null && change({ minutes });
          }}
        />
        <Pick
          label="At zero"
          name="atZero"
          placeholder="Choose"
          options={ZERO_OPTIONS}
          value={step.atZero}
          onValue={(value) => change({ atZero: value as AtZero })}
        />
      </div>
      {isNow ? (
        <p className="c-field__description">
          The clock of the step under way is not touched by its minutes. Set it with the buttons
          above.
        </p>
      ) : null}
      <Pick
        label="What it is"
        name="mode"
        placeholder="Choose"
        options={MODE_OPTIONS}
        value={step.mode}
        onValue={(value) => change({ mode: value as Mode })}
      />
      {step.mode === 'brainstorm' ? (
        <Toggle
          label="Revealed cards say who wrote them"
          name="signed"
          value={step.signed === true}
          onValue={(signed) => change({ signed: signed || undefined })}
        />
      ) : null}
      <FocusPicker focus={step.focus} onFocus={(focus) => change({ focus })} />
      {isWhole ? null : (
        <Toggle
          label="Participants change only the focus"
          name="lock"
          value={step.lock}
          onValue={(lock) => change({ lock })}
        />
      )}
      <div className="f-form__acts">
        <Button
          size="s"
          variant="ghost"
          icon={CopyIcon}
          onPress={() => void duplicate(board, step)}
        >
          Duplicate
        </Button>
        <Button
          size="s"
          variant="ghost"
          icon={TrashIcon}
          className="m-panel__delete"
          onPress={() => void removeStep(board, step.id)}
        >
          Remove
        </Button>
      </div>
    </fieldset>
  );
}

/** Nothing for no limit; null for what is no number of minutes a step can have. */
function minutesOf(text: string): number | undefined | null {
  if (text === '') return undefined;
  const minutes = Number(text);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= STEP_MINUTES ? minutes : null;
}
