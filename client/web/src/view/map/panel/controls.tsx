// The form controls of the panel. Texts others may type in at once are bound (`BoundText`); single values are written when
// a person has decided (on Enter, on leaving the field, on choosing), never letter by letter. Each carries its field's name
// (`data-field`), so that it can be gone to, and is no control at all for those who may only read.
import { type JSX, useId, useRef, useState } from 'react';
import { FieldError, Input, Label, NumberField, Switch } from 'react-aria-components';
import { figureText, parseFigure } from '../../../model/figures';
import type { TextField } from '../../../model/text/field';
import '../../ui/field.css';
import '../../ui/menu.css';
import { dayInWords } from '../faces';
import { onHistoryKey } from '../keys';
import { TextBox } from '../TextBox';
import { useBoard } from '../use';
import { Reading, ReadText, useReading } from './reading';

export interface BoundTextProps {
  readonly label: string;
  /** The field's name in the format. */
  readonly name: string;
  readonly field: TextField;
  readonly lines?: number;
  readonly placeholder?: string;
  /** The field the panel gives the focus to when it opens from the keyboard. */
  readonly first?: boolean;
}

export function BoundText(props: BoundTextProps): JSX.Element {
  const isRead = useReading();
  return isRead ? <ReadText {...props} /> : <WrittenText {...props} />;
}

function WrittenText({
  label,
  name,
  field,
  lines = 1,
  placeholder,
  first = false,
}: BoundTextProps): JSX.Element {
  const board = useBoard();
  const id = useId();
  return (
    <div className="c-field" data-field={name}>
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      <TextBox
        id={id}
        field={field}
        lines={lines}
        oneLine={lines === 1}
        className="c-input m-bound"
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(first ? { 'data-first': '' } : {})}
        onHistory={(direction) => (direction === 'undo' ? board.undo() : board.redo())}
        onFocus={() => board.typeInPanel(true)}
        onBlur={() => board.typeInPanel(false)}
        onKeyDown={(event) => {
          if (lines === 1 && event.key === 'Enter') event.preventDefault();
          onHistoryKey(board, event);
        }}
      />
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly name: string;
  readonly value: string | undefined;
  readonly onValue: (value: string | undefined) => void;
  readonly placeholder?: string;
  readonly type?: 'text' | 'date';
  /** The last day that can be chosen, for a date. */
  readonly max?: string;
}

/** One line written when it is done. */
export function Line({
  label,
  name,
  value,
  onValue,
  placeholder,
  type = 'text',
  max,
}: LineProps): JSX.Element {
  const isRead = useReading();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const dropped = useRef(false);
  const done = (): void => {
    if (draft !== null && !dropped.current) {
      const next = draft.trim() === '' ? undefined : draft.trim();
      if (next !== value) onValue(next);
    }
    dropped.current = false;
    setDraft(null);
  };
  if (isRead) {
    return (
      <Reading label={label} name={name}>
        {type === 'date' && value !== undefined ? dayInWords(value) : value}
      </Reading>
    );
  }
  return (
    <div className="c-field" data-field={name}>
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        className="c-input m-bound"
        value={draft ?? value ?? ''}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(max === undefined ? {} : { max })}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape' && draft !== null) {
            event.preventDefault();
            dropped.current = true;
            event.currentTarget.blur();
          }
        }}
      />
    </div>
  );
}

/** A figure: a number, or words where there is none. */
export function FigureLine({
  value,
  onValue,
  ...line
}: Omit<LineProps, 'value' | 'onValue' | 'type' | 'max'> & {
  readonly value: number | string | undefined;
  readonly onValue: (value: number | string | undefined) => void;
}): JSX.Element {
  return (
    <Line
      {...line}
      value={value === undefined ? undefined : figureText(value)}
      onValue={(typed) => onValue(typed === undefined ? undefined : parseFigure(typed))}
    />
  );
}

export function Toggle({
  label,
  name,
  value,
  onValue,
}: {
  readonly label: string;
  readonly name: string;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
}): JSX.Element {
  const isRead = useReading();
  if (isRead) {
    return (
      <Reading label={label} name={name}>
        {value ? 'Yes' : undefined}
      </Reading>
    );
  }
  return (
    <div data-field={name}>
      <Switch className="m-switch" isSelected={value} onChange={onValue}>
        <span className="m-switch__track">
          <span className="m-switch__knob" />
        </span>
        {label}
      </Switch>
    </div>
  );
}

/** A whole number within bounds. */
export function Count({
  label,
  name,
  value,
  min,
  max,
  onValue,
}: {
  readonly label: string;
  readonly name: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly onValue: (value: number | undefined) => void;
}): JSX.Element {
  const isRead = useReading();
  if (isRead) {
    return (
      <Reading label={label} name={name}>
        {value}
      </Reading>
    );
  }
  return (
    <NumberField
      className="c-field"
      data-field={name}
      value={value ?? Number.NaN}
      minValue={min}
      maxValue={max}
      step={1}
      onChange={(next) => onValue(Number.isNaN(next) ? undefined : next)}
    >
      <Label className="c-field__label">{label}</Label>
      <Input className="c-input" />
      <FieldError className="c-field__error" />
    </NumberField>
  );
}
