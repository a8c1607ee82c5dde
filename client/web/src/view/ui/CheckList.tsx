// Some of a few, as boxes to tick.
import type { JSX, ReactNode } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import './check-list.css';
import { CheckIcon } from './icons';

export interface CheckOption {
  readonly value: string;
  readonly label: string;
  /** What stands small at the end of its line. */
  readonly note?: string;
  readonly mark?: ReactNode;
}

export function CheckList({
  label,
  values,
  onChange,
  options,
}: {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly options: readonly CheckOption[];
}): JSX.Element {
  return (
    <CheckboxGroup value={[...values]} onChange={onChange} className="c-checks">
      <Label className="c-field__label">{label}</Label>
      {options.map((option) => (
        <Checkbox key={option.value} value={option.value} className="c-checks__option">
          <span className="c-checks__box" aria-hidden="true">
            <CheckIcon size={14} />
          </span>
          {option.mark}
          <span className="c-checks__label">{option.label}</span>
          {option.note === undefined ? null : <span className="c-checks__note">{option.note}</span>}
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}
