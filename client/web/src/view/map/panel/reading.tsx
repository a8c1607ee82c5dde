// A field as somebody reads it who may not change it: its label and what it holds, nothing that looks like a control.
// The controls of the panel show it to observers, and to anybody where a step's lock holds; an empty field shows nothing.
import { createContext, type JSX, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { TextField } from '../../../model/text/field';
import { whyStill } from '../bounds';
import { useBoard, useStore } from '../use';

/** Whether what is shown can only be read, where that depends on what it is about; null where it does not. */
export const ReadingContext = createContext<boolean | null>(null);

/** Whether fields are shown as somebody reads them who may not change them. */
export function useReading(): boolean {
  const { readOnly } = useBoard();
  return useContext(ReadingContext) ?? readOnly;
}

/** Why somebody who may write cannot write here now. */
export function WhyRead(): JSX.Element | null {
  const { bounds, readOnly } = useBoard();
  const { lock } = useStore(bounds);
  const isRead = useReading();
  if (lock === null || readOnly || !isRead) return null;
  return <p className="m-panel__why">{whyStill(lock)}</p>;
}

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
