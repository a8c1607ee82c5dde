// One cell of the list: what the arrow keys walk over. What is inside it is for the pointer; Enter on the cell does the same.
import type { JSX, ReactNode } from 'react';
import { type Column, useStandingAt } from './desk';

/** What a column is called, in its heading and before its value where the list is cards. */
export const COLUMN_LABEL: Record<Column, string> = {
  rank: 'Rank',
  text: 'Opportunity',
  addresses: 'Addresses',
  impact: 'Impact',
  value: 'Value',
  effort: 'Effort',
  score: 'Score',
  status: 'Status',
  owner: 'Owner',
  due: 'Due',
  acts: 'More',
};

export function Cell({
  row,
  column,
  label,
  isHead = false,
  children,
}: {
  readonly row: string;
  readonly column: Column;
  /** Everything the cell says, in words. */
  readonly label: string;
  /** The cell the row is known by. */
  readonly isHead?: boolean;
  readonly children: ReactNode;
}): JSX.Element {
  const standing = useStandingAt(row, column);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a label.
    <div
      role={isHead ? 'rowheader' : 'gridcell'}
      className={`o-cell o-cell--${column}`}
      data-stop={column}
      data-row={row}
      tabIndex={standing ? 0 : -1}
      aria-label={label}
    >
      <span className="o-cell__label" aria-hidden="true">
        {COLUMN_LABEL[column]}
      </span>
      {children}
    </div>
  );
}
