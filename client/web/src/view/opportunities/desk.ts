// Where a person stands in the list: one cell of the grid, or a heading. Made by `RankedList`, read by its rows and cells;
// it holds no content.
import { createContext, useContext } from 'react';
import { RATINGS } from '../../model/opportunities';
import { createStore, type WritableStore } from '../../sync/store';
import { usePart } from '../map/use';

export const COLUMNS = [
  'rank',
  'text',
  'addresses',
  ...RATINGS,
  'score',
  'status',
  'owner',
  'due',
  'acts',
] as const;
export type Column = (typeof COLUMNS)[number];

/** The row of column headings. No card has an empty id. */
export const HEADINGS = '';

export interface Stop {
  readonly row: string;
  readonly column: Column;
}

export class Desk {
  /** The one cell that Tab leads to. */
  readonly standing: WritableStore<Stop>;
  /** The cell being edited, or whose menu is open. */
  readonly open = createStore<Stop | null>(null);
  element: HTMLElement | null = null;
  /** Called when this person has moved a row: it goes there at once, whatever else waits to be sorted. */
  moved: () => void = () => undefined;

  constructor(first: string = HEADINGS) {
    this.standing = createStore<Stop>({ row: first, column: 'text' }, sameStop);
  }

  cell(stop: Stop): HTMLElement | null {
    return (
      this.element?.querySelector<HTMLElement>(
        `[data-stop="${stop.column}"][data-row="${CSS.escape(stop.row)}"]`,
      ) ?? null
    );
  }

  /** Stands there and takes the focus along. */
  go(stop: Stop): void {
    this.standing.set(stop);
    this.cell(stop)?.focus();
  }

  close(): void {
    this.open.set(null);
  }
}

function sameStop(a: Stop, b: Stop): boolean {
  return a.row === b.row && a.column === b.column;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('Only for cells inside RankedList.');
  return desk;
}

export function useStandingAt(row: string, column: Column): boolean {
  return usePart(useDesk().standing, (stop) => stop.row === row && stop.column === column);
}

export function useOpenAt(row: string, column: Column): boolean {
  return usePart(useDesk().open, (stop) => stop?.row === row && stop.column === column);
}
