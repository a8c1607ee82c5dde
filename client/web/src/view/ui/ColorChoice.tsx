// One of the people's colours, or of a card's. Named, so that it can be chosen without seeing it.
import type { JSX } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import './color-choice.css';
import { CheckIcon } from './icons';
import { colorName, PERSON_COLORS } from './person';

export function ColorChoice({
  label = 'Your colour',
  value,
  none = false,
  onChange,
}: {
  readonly label?: string;
  /** `#rrggbb`; one that is not offered is shown beside the others. */
  readonly value: string;
  /** Whether there may be none (the empty value). */
  readonly none?: boolean;
  readonly onChange: (color: string) => void;
}): JSX.Element {
  const offered = PERSON_COLORS.map((color) => color.value);
  const known = value === '' || offered.includes(value.toLowerCase());
  const values = [...(none ? [''] : []), ...offered, ...(known ? [] : [value])];
  return (
    <RadioGroup
      value={known ? value.toLowerCase() : value}
      onChange={onChange}
      className="c-colors"
      orientation="horizontal"
    >
      <Label className="c-field__label">{label}</Label>
      <div className="c-colors__swatches">
        {values.map((color) => (
          <Radio
            key={color}
            value={color}
            aria-label={color === '' ? 'None' : colorName(color)}
            className={
              color === '' ? 'c-colors__swatch c-colors__swatch--none' : 'c-colors__swatch'
            }
            style={color === '' ? {} : { backgroundColor: color }}
          >
            {({ isSelected }) => (isSelected ? <CheckIcon size={18} /> : null)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
