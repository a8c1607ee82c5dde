// A list of short texts as lines of one field, written when the person leaves it.
import { type JSX, useId, useState } from 'react';

export function ListText({
  label,
  name,
  items,
  onItems,
}: {
  readonly label: string;
  readonly name: string;
  readonly items: readonly string[];
  readonly onItems: (items: readonly string[]) => void;
}): JSX.Element {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <div className="c-field" data-field={name}>
      <label className="c-field__label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="c-input c-input--lines m-bound"
        rows={2}
        placeholder="One a line"
        value={draft ?? items.join('\n')}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || draft === null || event.nativeEvent.isComposing) return;
          // What was typed is taken back; the panel stays.
          event.preventDefault();
          setDraft(null);
        }}
        onBlur={() => {
          if (draft === null) return;
          const lines = draft
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '');
          setDraft(null);
          onItems(lines);
        }}
      />
    </div>
  );
}
