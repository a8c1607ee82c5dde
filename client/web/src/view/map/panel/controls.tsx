// The form controls of the panel. Texts others may type in at once are bound (`BoundText`); single values are written when
// a person has decided (on Enter, on leaving the field, on choosing), never letter by letter.
import { type JSX, type ReactNode, useId, useRef, useState } from 'react';
import {
  Button as AriaButton,
  ComboBox,
  FieldError,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  NumberField,
  Popover,
  Select,
  SelectValue,
  Switch,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import type { TextField } from '../../../model/text/field';
import { CheckIcon, ChevronDownIcon } from '../../ui';
import '../../ui/field.css';
import '../../ui/menu.css';
import { TextBox } from '../TextBox';
import { useBoard } from '../use';

export function BoundText({
  label,
  field,
  lines = 1,
  placeholder,
  first = false,
}: {
  readonly label: string;
  readonly field: TextField;
  readonly lines?: number;
  readonly placeholder?: string;
  /** The field the panel gives the focus to when it opens from the keyboard. */
  readonly first?: boolean;
}): JSX.Element {
  const board = useBoard();
  const id = useId();
  return (
    <div className="c-field">
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      <TextBox
        id={id}
        field={field}
        lines={lines}
        oneLine={lines === 1}
        className="c-input m-bound"
        readOnly={board.readOnly}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(first ? { 'data-first': '' } : {})}
        onHistory={(direction) => (direction === 'undo' ? board.undo() : board.redo())}
        onFocus={() => board.typeInPanel(!board.readOnly)}
        onBlur={() => board.typeInPanel(false)}
        onKeyDown={(event) => {
          if (lines === 1 && event.key === 'Enter') event.preventDefault();
          if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          if (event.shiftKey) board.redo();
          else board.undo();
        }}
      />
    </div>
  );
}

/** One line written when it is done. */
export function Line({
  label,
  value,
  onValue,
  placeholder,
  type = 'text',
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onValue: (value: string | undefined) => void;
  readonly placeholder?: string;
  readonly type?: 'text' | 'date';
}): JSX.Element {
  const board = useBoard();
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
  return (
    <div className="c-field">
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        className="c-input m-bound"
        value={draft ?? value ?? ''}
        readOnly={board.readOnly}
        {...(placeholder === undefined ? {} : { placeholder })}
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

export interface Option {
  readonly id: string;
  readonly label: string;
  readonly mark?: ReactNode;
}

/** A few options side by side; choosing the chosen one takes it away where `clearable`. */
export function Choice({
  label,
  options,
  value,
  onValue,
  clearable = true,
  isDisabled = false,
  caption,
}: {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string | undefined;
  readonly onValue: (value: string | undefined) => void;
  readonly clearable?: boolean;
  readonly isDisabled?: boolean;
  /** The chosen value in words. */
  readonly caption?: string | undefined;
}): JSX.Element {
  const board = useBoard();
  const id = useId();
  return (
    <div className="c-field">
      <span className="c-field__label" id={id}>
        {label}
        {caption === undefined ? null : <span className="m-choice__caption">{caption}</span>}
      </span>
      <ToggleButtonGroup
        className="m-choice"
        aria-labelledby={id}
        selectionMode="single"
        disallowEmptySelection={!clearable}
        selectedKeys={value === undefined ? [] : [value]}
        isDisabled={isDisabled || board.readOnly}
        onSelectionChange={(keys) => {
          const [key] = keys;
          onValue(key === undefined ? undefined : String(key));
        }}
      >
        {options.map((option) => (
          <ToggleButton key={option.id} id={option.id} className="m-choice__option">
            {option.mark}
            {option.label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

/** A scale of whole numbers. */
export function ScaleChoice({
  label,
  low,
  high,
  value,
  onValue,
  words,
}: {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly value: number | undefined;
  readonly onValue: (value: number | undefined) => void;
  /** What each number means, from `low`. */
  readonly words?: readonly string[];
}): JSX.Element {
  const options = Array.from({ length: high - low + 1 }, (_, index) => ({
    id: String(low + index),
    label: String(low + index),
  }));
  return (
    <Choice
      label={label}
      options={options}
      value={value === undefined ? undefined : String(value)}
      caption={value === undefined ? undefined : words?.[value - low]}
      onValue={(next) => onValue(next === undefined ? undefined : Number(next))}
    />
  );
}

export function Toggle({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
}): JSX.Element {
  const board = useBoard();
  return (
    <Switch className="m-switch" isSelected={value} onChange={onValue} isDisabled={board.readOnly}>
      <span className="m-switch__track">
        <span className="m-switch__knob" />
      </span>
      {label}
    </Switch>
  );
}

export function Pick({
  label,
  options,
  value,
  onValue,
  placeholder,
}: {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string | undefined;
  readonly onValue: (value: string) => void;
  readonly placeholder: string;
}): JSX.Element {
  const board = useBoard();
  return (
    <Select
      className="c-field"
      selectedKey={value ?? null}
      placeholder={placeholder}
      isDisabled={board.readOnly}
      onSelectionChange={(key) => {
        if (key !== null) onValue(String(key));
      }}
    >
      <Label className="c-field__label">{label}</Label>
      <AriaButton className="c-input m-pick">
        <SelectValue className="m-pick__value" />
        <ChevronDownIcon size={16} />
      </AriaButton>
      <Popover className="c-popover" offset={4}>
        <ListBox className="c-menu" items={options}>
          {(option: Option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="c-menu__item">
              {({ isSelected }) => (
                <>
                  {option.mark}
                  <span className="c-menu__text">{option.label}</span>
                  {isSelected ? <CheckIcon size={16} /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

/** A line with suggestions; anything may be written. */
export function Suggest({
  label,
  suggestions,
  value,
  onValue,
  placeholder,
}: {
  readonly label: string;
  readonly suggestions: readonly string[];
  readonly value: string | undefined;
  readonly onValue: (value: string | undefined) => void;
  readonly placeholder: string;
}): JSX.Element {
  const board = useBoard();
  const [draft, setDraft] = useState<string | null>(null);
  const items = suggestions.map((name) => ({ id: name }));
  const done = (text: string): void => {
    setDraft(null);
    const next = text.trim() === '' ? undefined : text.trim();
    if (next !== value) onValue(next);
  };
  return (
    <ComboBox
      className="c-field"
      allowsCustomValue
      menuTrigger="focus"
      inputValue={draft ?? value ?? ''}
      isReadOnly={board.readOnly}
      onInputChange={setDraft}
      onSelectionChange={(key) => {
        if (key !== null) done(String(key));
      }}
      onBlur={() => {
        if (draft !== null) done(draft);
      }}
      defaultItems={items}
    >
      <Label className="c-field__label">{label}</Label>
      <Group className="m-combo">
        <Input className="c-input" placeholder={placeholder} />
        <AriaButton className="m-combo__button">
          <ChevronDownIcon size={16} />
        </AriaButton>
      </Group>
      <Popover className="c-popover" offset={4}>
        <ListBox className="c-menu">
          {(item: { readonly id: string }) => (
            <ListBoxItem id={item.id} className="c-menu__item">
              {item.id}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

export function Figure({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onValue: (value: number | undefined) => void;
}): JSX.Element {
  const board = useBoard();
  return (
    <NumberField
      className="c-field"
      value={value ?? Number.NaN}
      isReadOnly={board.readOnly}
      formatOptions={{ maximumFractionDigits: 6 }}
      onChange={(next) => onValue(Number.isNaN(next) ? undefined : next)}
    >
      <Label className="c-field__label">{label}</Label>
      <Input className="c-input" />
      <FieldError className="c-field__error" />
    </NumberField>
  );
}
