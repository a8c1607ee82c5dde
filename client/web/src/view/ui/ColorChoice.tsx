// One of the people's colours. Named, so that it can be chosen without seeing it.
import type { JSX } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import './color-choice.css';
import { CheckIcon } from './icons';
import { PERSON_COLORS } from './person';

export function ColorChoice({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (color: string) => void;
}): JSX.Element {
  return (
    <RadioGroup value={value} onChange={onChange} className="c-colors" orientation="horizontal">
      <Label className="c-field__label">Your colour</Label>
      <div className="c-colors__swatches">
        {PERSON_COLORS.map((color) => (
          <Radio
            key={color.value}
            value={color.value}
            aria-label={color.name}
            className="c-colors__swatch"
            style={{ backgroundColor: color.value }}
          >
            {({ isSelected }) => (isSelected ? <CheckIcon size={18} /> : null)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
