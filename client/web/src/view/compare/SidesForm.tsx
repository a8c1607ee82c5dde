// Which two are compared: a moment of this map on one side, and on the other another moment, or another map as it is now.
import { type JSX, type ReactNode, useId } from 'react';
import type { Choosable, Moment, Sides } from '../../model/moments';
import type { MapEntry } from '../../wire/types';
import { Button, SwapIcon } from '../ui';
import { dayAndTime, titleOf } from '../words';

const NOW = 'now';
const MAP = 'map:';

export function SidesForm({
  sides,
  choices,
  others,
  onChange,
}: {
  readonly sides: Sides;
  readonly choices: readonly Choosable[];
  /** Other maps this person may open. */
  readonly others: readonly MapEntry[];
  readonly onChange: (sides: Sides) => void;
}): JSX.Element {
  const { from, to, with: other } = sides;
  return (
    <div className="cmp-sides">
      <Side
        label="Before"
        value={valueFor(from)}
        onChange={(value) => onChange({ ...sides, from: momentOf(value) })}
      >
        <Moments choices={choices} chosen={from} />
      </Side>
      <Button
        size="s"
        variant="ghost"
        icon={SwapIcon}
        className="cmp-sides__swap"
        isDisabled={other !== undefined}
        onPress={() => onChange({ from: to, to: from })}
      >
        Swap
      </Button>
      <Side
        label="After"
        value={other === undefined ? valueFor(to) : MAP + other}
        onChange={(value) =>
          onChange(
            value.startsWith(MAP)
              ? { from, to: 'now', with: value.slice(MAP.length) }
              : { from, to: momentOf(value) },
          )
        }
      >
        <Moments choices={choices} chosen={other === undefined ? to : 'now'} />
        {others.length === 0 && other === undefined ? null : (
          <optgroup label="Another map">
            {others.map((map) => (
              <option key={map.id} value={MAP + map.id}>
                {titleOf(map.title)}
              </option>
            ))}
            {other === undefined || others.some(({ id }) => id === other) ? null : (
              <option value={MAP + other}>Map {other}</option>
            )}
          </optgroup>
        )}
      </Side>
    </div>
  );
}

function Side({
  label,
  value,
  onChange,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}): JSX.Element {
  const id = useId();
  return (
    <div className="cmp-side">
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="c-input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </div>
  );
}

function Moments({
  choices,
  chosen,
}: {
  readonly choices: readonly Choosable[];
  readonly chosen: Moment;
}): JSX.Element {
  const isNamed = chosen === 'now' || choices.some(({ seq }) => seq === chosen);
  // A workshop may begin and end without a change in between: of moments at one record one stands for all.
  const different = choices.filter(
    ({ seq }, index) => choices.findIndex((one) => one.seq === seq) === index,
  );
  return (
    <optgroup label="This map">
      <option value={NOW}>Now</option>
      {different.map(({ seq, at, label }) => (
        <option key={seq} value={String(seq)}>
          {`${label} · ${dayAndTime(at)}`}
        </option>
      ))}
      {isNamed ? null : <option value={String(chosen)}>{`Record ${chosen}`}</option>}
    </optgroup>
  );
}

function valueFor(moment: Moment): string {
  return moment === 'now' ? NOW : String(moment);
}

function momentOf(value: string): Moment {
  return value === NOW ? 'now' : Number(value);
}
