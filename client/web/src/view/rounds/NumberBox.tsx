// A whole number within bounds, by typing it or by two buttons a finger can hit.
import type { JSX } from 'react';
import { Button, Group, Input, Label, NumberField, Text } from 'react-aria-components';
import { MinusIcon, PlusIcon } from '../ui';
import '../ui/field.css';

export function NumberBox({
  label,
  description,
  value,
  min,
  max,
  onValue,
}: {
  readonly label: string;
  readonly description: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onValue: (value: number) => void;
}): JSX.Element {
  return (
    <NumberField
      className="c-field v-number"
      value={value}
      minValue={min}
      maxValue={max}
      step={1}
      onChange={(next) => {
        if (!Number.isNaN(next)) onValue(next);
      }}
    >
      <Label className="c-field__label">{label}</Label>
      <Group className="v-number__box">
        <Button slot="decrement" className="v-number__step">
          <MinusIcon size={16} />
        </Button>
        <Input className="c-input v-number__input" />
        <Button slot="increment" className="v-number__step">
          <PlusIcon size={16} />
        </Button>
      </Group>
      <Text slot="description" className="c-field__description">
        {description}
      </Text>
    </NumberField>
  );
}
