// One of a few, as cards or as a segmented bar. Radio buttons to assistive technology.
import type { JSX, ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import './choice.css';

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly description?: string;
  readonly art?: ReactNode;
}

export function Choice<T extends string>({
  label,
  look,
  value,
  onChange,
  options,
}: {
  readonly label: string;
  readonly look: 'cards' | 'segments';
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly ChoiceOption<T>[];
}): JSX.Element {
  return (
    <RadioGroup
      value={value}
      onChange={(chosen) => {
        const option = options.find((one) => one.value === chosen);
        if (option) onChange(option.value);
      }}
      className={`c-choice c-choice--${look}`}
    >
      <Label className="c-field__label">{label}</Label>
      <div className="c-choice__options">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="c-choice__option">
            {option.art === undefined ? null : <span className="c-choice__art">{option.art}</span>}
            <span className="c-choice__label">{option.label}</span>
            {option.description === undefined ? null : (
              <span className="c-choice__description">{option.description}</span>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
