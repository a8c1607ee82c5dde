// Choosing one of several: side by side, from a list, or from suggestions beside which anything may be written.
import { type JSX, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import {
  Button as AriaButton,
  ComboBox,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { CheckIcon, ChevronDownIcon } from '../../ui';
import '../../ui/field.css';
import '../../ui/menu.css';
import './sections.css';
import { Reading, useReading } from './reading';

export interface Option {
  readonly id: string;
  readonly label: string;
  readonly mark?: ReactNode;
}

interface Choosing {
  readonly label: string;
  /** The field's name in the format. */
  readonly name: string;
  readonly options: readonly Option[];
  readonly value: string | undefined;
}

/** A few options side by side; choosing the chosen one takes it away where `clearable`. */
export function Choice({
  label,
  name,
  options,
  value,
  onValue,
  clearable = true,
  caption,
}: Choosing & {
  readonly onValue: (value: string | undefined) => void;
  readonly clearable?: boolean;
  /** The chosen value in words. */
  readonly caption?: string | undefined;
}): JSX.Element {
  const isRead = useReading();
  const id = useId();
  if (isRead) {
    const chosen = options.find((option) => option.id === value);
    return (
      <Reading label={label} name={name}>
        {chosen === undefined
          ? undefined
          : [chosen.label, caption].filter((part) => part !== undefined).join(', ')}
      </Reading>
    );
  }
  return (
    <div className="c-field" data-field={name}>
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
  name,
  low,
  high,
  value,
  onValue,
  words,
}: {
  readonly label: string;
  readonly name: string;
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
      name={name}
      options={options}
      value={value === undefined ? undefined : String(value)}
      caption={value === undefined ? undefined : words?.[value - low]}
      onValue={(next) => onValue(next === undefined ? undefined : Number(next))}
    />
  );
}

export function Pick({
  label,
  name,
  options,
  value,
  onValue,
  placeholder,
}: Choosing & {
  readonly onValue: (value: string) => void;
  readonly placeholder: string;
}): JSX.Element {
  const isRead = useReading();
  if (isRead) {
    return (
      <Reading label={label} name={name}>
        {options.find((option) => option.id === value)?.label}
      </Reading>
    );
  }
  return (
    <Select
      className="c-field"
      data-field={name}
      selectedKey={value ?? null}
      placeholder={placeholder}
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

/** A line with suggestions; anything may be written. `onValue` is given an option's id, or what was written. */
export function Suggest({
  label,
  name,
  options,
  value,
  onValue,
  placeholder,
  mark,
}: Choosing & {
  readonly onValue: (value: string | undefined) => void;
  readonly placeholder: string;
  /** The mark of the present value, before it. */
  readonly mark?: ReactNode;
}): JSX.Element {
  const isRead = useReading();
  const [draft, setDraft] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  /** While a text is taken back: else the list would open over it as over something typed. */
  const [reverting, setReverting] = useState(false);
  useEffect(() => {
    if (reverting) setReverting(false);
  }, [reverting]);
  const held = options.find((option) => option.id === value)?.label ?? value ?? '';
  const done = (text: string): void => {
    setDraft(null);
    const named = options.find(
      (option) => option.label.toLocaleLowerCase() === text.trim().toLocaleLowerCase(),
    );
    const next = text.trim() === '' ? undefined : (named?.id ?? text.trim());
    if (next !== value) onValue(next);
  };
  if (isRead) {
    return (
      <Reading label={label} name={name}>
        {held === '' || mark === undefined ? (
          held
        ) : (
          <>
            {mark} {held}
          </>
        )}
      </Reading>
    );
  }
  const typed = (draft ?? '').trim().toLocaleLowerCase();
  const shown =
    typed === ''
      ? options
      : options.filter(({ label: one }) => one.toLocaleLowerCase().includes(typed));
  return (
    <ComboBox
      className="c-field"
      data-field={name}
      allowsCustomValue
      allowsEmptyCollection={false}
      menuTrigger={reverting ? 'manual' : 'focus'}
      inputValue={draft ?? held}
      onInputChange={(text) => setDraft(text === held ? null : text)}
      onSelectionChange={(key) => {
        if (key === null) return;
        setDraft(null);
        if (key !== value) onValue(String(key));
      }}
      onBlur={() => {
        if (draft !== null) done(draft);
      }}
      items={shown}
    >
      <Label className="c-field__label">{label}</Label>
      <Group
        className={mark === undefined ? 'm-combo' : 'm-combo m-combo--marked'}
        onKeyDown={(event) => {
          const choosing = input.current?.getAttribute('aria-activedescendant');
          if (event.key === 'Enter' && draft !== null && !choosing) done(draft);
          if (event.key !== 'Escape') return;
          // Esc first closes the list and takes back what was typed; the panel closes with the next.
          const isOpen = input.current?.getAttribute('aria-expanded') === 'true';
          if (isOpen || draft !== null) event.preventDefault();
          setReverting(true);
          setDraft(null);
        }}
      >
        {mark}
        <Input className="c-input" placeholder={placeholder} ref={input} />
        <AriaButton className="m-combo__button">
          <ChevronDownIcon size={16} />
        </AriaButton>
      </Group>
      <Popover className="c-popover" offset={4}>
        <ListBox className="c-menu">
          {(item: Option) => (
            <ListBoxItem id={item.id} textValue={item.label} className="c-menu__item">
              {item.mark}
              <span className="c-menu__text">{item.label}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
