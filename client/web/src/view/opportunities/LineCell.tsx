// A cell whose value is one line: an owner or a date. It is written when the person is done, never letter by letter.
import { type JSX, type ReactNode, useLayoutEffect, useRef } from 'react';
import { useCellOf, useStill } from '../map/use';
import { Cell } from './Cell';
import { type Column, useDesk, useOpenAt } from './desk';

export function LineCell({
  row,
  column,
  label,
  type,
  suggestions,
  value,
  onValue,
  children,
}: {
  readonly row: string;
  readonly column: Column;
  readonly label: string;
  readonly type: 'text' | 'date';
  /** The id of a list of suggestions in the page. */
  readonly suggestions?: string;
  readonly value: string | undefined;
  readonly onValue: (value: string | undefined) => void;
  readonly children: ReactNode;
}): JSX.Element {
  const desk = useDesk();
  const isOpen = useOpenAt(row, column);
  const still = useStill(useCellOf(row));
  return (
    <Cell row={row} column={column} label={label}>
      {still ? (
        <span className="o-value o-value--still">{children}</span>
      ) : isOpen ? (
        <LineInput
          label={label}
          type={type}
          value={value ?? ''}
          {...(suggestions === undefined ? {} : { suggestions })}
          onDone={(next, how) => {
            desk.close();
            if (how !== 'left') desk.go({ row, column });
            if (next !== undefined && next !== (value ?? ''))
              onValue(next === '' ? undefined : next);
          }}
        />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="o-value o-value--line"
          aria-label={`Change ${label}`}
          onClick={() => desk.open.set({ row, column })}
        >
          {children}
        </button>
      )}
    </Cell>
  );
}

function LineInput({
  label,
  type,
  value,
  suggestions,
  onDone,
}: {
  readonly label: string;
  readonly type: 'text' | 'date';
  readonly value: string;
  readonly suggestions?: string;
  /** Without a text, nothing is to be written. */
  readonly onDone: (text: string | undefined, how: 'left' | 'by key') => void;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    input.current?.focus();
    if (type === 'text') input.current?.select();
  }, [type]);
  const done = (text: string | undefined, how: 'left' | 'by key'): void => {
    // Closing takes the input away, which is a blur of its own.
    if (isDone.current) return;
    isDone.current = true;
    onDone(text, how);
  };
  return (
    <input
      ref={input}
      className="c-input o-input"
      aria-label={label}
      type={type}
      defaultValue={value}
      {...(suggestions === undefined ? {} : { list: suggestions })}
      onBlur={(event) => done(event.currentTarget.value.trim(), 'left')}
      onKeyDown={(event) => {
        // The list's keys are not for someone who is typing.
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') done(event.currentTarget.value.trim(), 'by key');
        if (event.key === 'Escape') done(undefined, 'by key');
      }}
    />
  );
}
