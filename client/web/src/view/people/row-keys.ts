// One stop of Tab for a list of people, however long: arrows go from row to row, and along the buttons of a row (ACCESS-1).
import { type FocusEvent, type KeyboardEvent, useState } from 'react';

export interface RowKeys {
  /** The row that Tab comes to. */
  readonly stop: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
}

/** Rows are the elements with `data-row`, their id, inside the list. */
export function useRowKeys(ids: readonly string[]): RowKeys {
  const [last, setLast] = useState<string | undefined>();
  const stop = last !== undefined && ids.includes(last) ? last : ids[0];
  return {
    stop,
    onFocus: (event) => {
      const row = event.target.closest<HTMLElement>('[data-row]');
      if (row?.dataset.row !== undefined) setLast(row.dataset.row);
    },
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
      if (row === null) return;
      const goal = goalOf(event.key, row, event.target as HTMLElement, event.currentTarget);
      if (goal === undefined) return;
      event.preventDefault();
      goal.focus();
      goal.scrollIntoView({ block: 'nearest' });
    },
  };
}

function goalOf(
  key: string,
  row: HTMLElement,
  from: HTMLElement,
  list: HTMLElement,
): HTMLElement | undefined {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(row);
  const here = buttonsOf(row);
  const along = here.findIndex((button) => button.contains(from));
  const inRow = (step: number): HTMLElement | undefined => {
    // Rows without a button are passed over.
    for (let to = at + step; rows[to] !== undefined; to += Math.sign(step)) {
      const there = buttonsOf(rows[to]);
      if (there.length > 0) return there[Math.min(along, there.length - 1)];
    }
    return undefined;
  };
  const ends = rows.filter((one) => buttonsOf(one).length > 0);
  switch (key) {
    case 'ArrowDown':
      return inRow(1);
    case 'ArrowUp':
      return inRow(-1);
    case 'ArrowRight':
      return here[along + 1];
    case 'ArrowLeft':
      return here[along - 1];
    case 'Home':
      return buttonsOf(ends[0])[0];
    case 'End':
      return buttonsOf(ends.at(-1))[0];
    default:
      return undefined;
  }
}

function buttonsOf(row: HTMLElement | undefined): readonly HTMLElement[] {
  return [...(row?.querySelectorAll<HTMLElement>('button') ?? [])];
}
