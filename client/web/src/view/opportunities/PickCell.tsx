// A cell whose value is one of a few: a rating or a status.
import { type JSX, type ReactNode, useRef } from 'react';
import { useCellOf, useStill } from '../map/use';
import { MenuItem, MenuLine } from '../ui';
import { Cell } from './Cell';
import { CellMenu } from './CellMenu';
import { type Column, useDesk, useOpenAt } from './desk';

export interface PickOption {
  readonly id: string;
  readonly label: string;
}

/** The menu's way to take a value away; no value is called so. */
const NONE = 'none';

export function PickCell({
  row,
  column,
  label,
  options,
  value,
  onValue,
  children,
}: {
  readonly row: string;
  readonly column: Column;
  readonly label: string;
  readonly options: readonly PickOption[];
  readonly value: string | undefined;
  readonly onValue: (value: string | undefined) => void;
  readonly children: ReactNode;
}): JSX.Element {
  const desk = useDesk();
  const isOpen = useOpenAt(row, column);
  const still = useStill(useCellOf(row));
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Cell row={row} column={column} label={label}>
      {still ? (
        <span className="o-value o-value--still">{children}</span>
      ) : (
        <button
          ref={button}
          type="button"
          tabIndex={-1}
          className="o-value"
          aria-label={`Change ${label}`}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => desk.open.set({ row, column })}
        >
          {children}
        </button>
      )}
      <CellMenu
        row={row}
        column={column}
        label={label}
        button={button}
        placement="bottom"
        value={{ chosen: value }}
        onAction={(key) => onValue(key === NONE ? undefined : key)}
      >
        {options.map((option) => (
          <MenuItem key={option.id} id={option.id}>
            {option.label}
          </MenuItem>
        ))}
        {value === undefined ? null : <MenuLine />}
        {value === undefined ? null : <MenuItem id={NONE}>Clear</MenuItem>}
      </CellMenu>
    </Cell>
  );
}
