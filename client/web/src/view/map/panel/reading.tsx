// A field as somebody reads it who may not change it: its label and what it holds, nothing that looks like a control.
// The controls of the panel show it to observers; an empty field shows nothing.
import { type JSX, type ReactNode, useSyncExternalStore } from 'react';
import type { TextField } from '../../../model/text/field';

export function Reading({
  label,
  name,
  children,
}: {
  readonly label: string;
  readonly name: string;
  readonly children: ReactNode;
}): JSX.Element | null {
  if (children === undefined || children === null || children === '') return null;
  return (
    <div className="c-field" data-field={name}>
      <span className="c-field__label">{label}</span>
      <div className="m-reading">{children}</div>
    </div>
  );
}

/** A shared text, as it is being written. */
export function ReadText({
  label,
  name,
  field,
}: {
  readonly label: string;
  readonly name: string;
  readonly field: TextField;
}): JSX.Element | null {
  const text = useSyncExternalStore(
    (tell) => field.observe(() => tell()),
    () => field.read(),
  );
  return (
    <Reading label={label} name={name}>
      {text}
    </Reading>
  );
}
