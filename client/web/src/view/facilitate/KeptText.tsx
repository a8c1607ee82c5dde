// A text that is sent when its writer has done with it: on Enter, or on leaving it; Esc gives back what was there. While it is typed in,
// nothing that others do changes it.
import { type JSX, useEffect, useId, useRef, useState } from 'react';
import '../ui/field.css';

export function KeptText({
  label,
  value,
  onKept,
  onDraft,
  lines,
  most,
  isNumber = false,
  isFresh = false,
  description,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  /** What it became; false gives back what was there. */
  readonly onKept: (text: string) => boolean;
  /** What is typed and not kept yet; null once it is. */
  readonly onDraft?: (text: string | null) => void;
  readonly lines?: number;
  /** The most characters it takes. */
  readonly most: number;
  readonly isNumber?: boolean;
  /** It has just been made, to be written in. */
  readonly isFresh?: boolean;
  readonly description?: string;
  readonly placeholder?: string;
}): JSX.Element {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const element = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!isFresh) return;
    element.current?.focus();
    element.current?.select();
  }, [isFresh]);
  const type = (text: string | null): void => {
    setDraft(text);
    onDraft?.(text);
  };
  const keep = (): void => {
    if (draft !== null && draft.trim() !== value) onKept(draft.trim());
    type(null);
  };
  const field = {
    id,
    ref: element,
    className: `c-input f-text ${lines === undefined ? '' : 'c-input--lines'}`,
    value: draft ?? value,
    maxLength: most,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(description === undefined ? {} : { 'aria-describedby': `${id} about` }),
    onChange: (event: { readonly target: { readonly value: string } }) => type(event.target.value),
    onBlur: keep,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === 'Enter' && (lines === undefined || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        keep();
      }
      if (event.key === 'Escape' && draft !== null) {
        event.preventDefault();
        type(null);
      }
    },
  };
  return (
    <div className="c-field">
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      {lines === undefined ? (
        <input {...field} {...(isNumber ? { inputMode: 'numeric' as const } : {})} />
      ) : (
        <textarea {...field} rows={lines} />
      )}
      {description === undefined ? null : (
        <span className="c-field__description" id={`${id} about`}>
          {description}
        </span>
      )}
    </div>
  );
}
