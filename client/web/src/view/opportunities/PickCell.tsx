// A cell whose value is one of a few: a rating or a status. Its menu exists only while it is open, since a long list has hundreds.
import { type JSX, type ReactNode, useRef } from 'react';
import { Menu, Popover } from 'react-aria-components';
import { flushSync } from 'react-dom';
import { MenuItem, MenuLine } from '../ui';
import '../ui/menu.css';
import { useBoard } from '../map/use';
import { Cell } from './Cell';
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
  const board = useBoard();
  const desk = useDesk();
  const isOpen = useOpenAt(row, column);
  const button = useRef<HTMLButtonElement>(null);
  // At once, so that the next key already counts for the cell.
  const leave = (): void => {
    if (desk.open.get() === null) return;
    flushSync(() => desk.close());
    desk.go({ row, column });
  };
  return (
    <Cell row={row} column={column} label={label}>
      {board.readOnly ? (
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
      {isOpen ? (
        <Popover
          triggerRef={button}
          isOpen
          onOpenChange={(open) => {
            if (!open) leave();
          }}
          placement="bottom"
          offset={4}
          className="c-popover o-pick"
        >
          <Menu
            aria-label={label}
            autoFocus="first"
            className="c-menu"
            selectionMode="single"
            selectedKeys={value === undefined ? [] : [value]}
            onClose={leave}
            onAction={(key) => {
              leave();
              onValue(key === NONE ? undefined : String(key));
            }}
          >
            {options.map((option) => (
              <MenuItem key={option.id} id={option.id}>
                {option.label}
              </MenuItem>
            ))}
            {value === undefined ? null : <MenuLine />}
            {value === undefined ? null : <MenuItem id={NONE}>Clear</MenuItem>}
          </Menu>
        </Popover>
      ) : null}
    </Cell>
  );
}
