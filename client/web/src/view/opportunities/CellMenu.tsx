// The menu of a cell. It exists only while it is open, since a long list has hundreds; closing leads back to its cell at once, so that
// the next key already counts there.
import type { JSX, ReactNode, RefObject } from 'react';
import { Menu, Popover, type PopoverProps } from 'react-aria-components';
import { flushSync } from 'react-dom';
import '../ui/menu.css';
import { type Column, useDesk, useOpenAt } from './desk';

export function CellMenu({
  row,
  column,
  label,
  button,
  placement,
  value,
  onAction,
  children,
}: {
  readonly row: string;
  readonly column: Column;
  readonly label: string;
  /** What it hangs from. */
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly placement: NonNullable<PopoverProps['placement']>;
  /** The present choice, where the menu chooses one of a few. */
  readonly value?: { readonly chosen: string | undefined };
  readonly onAction: (key: string) => void;
  readonly children: ReactNode;
}): JSX.Element | null {
  const desk = useDesk();
  const isOpen = useOpenAt(row, column);
  if (!isOpen) return null;
  const leave = (): void => {
    if (desk.open.get() === null) return;
    flushSync(() => desk.close());
    desk.go({ row, column });
  };
  const choosing =
    value === undefined
      ? {}
      : ({
          selectionMode: 'single',
          selectedKeys: value.chosen === undefined ? [] : [value.chosen],
        } as const);
  return (
    <Popover
      triggerRef={button}
      isOpen
      onOpenChange={(open) => {
        if (!open) leave();
      }}
      placement={placement}
      offset={4}
      className="c-popover o-pick"
    >
      <Menu
        aria-label={label}
        autoFocus="first"
        className="c-menu"
        {...choosing}
        onClose={leave}
        onAction={(key) => {
          leave();
          onAction(String(key));
        }}
      >
        {children}
      </Menu>
    </Popover>
  );
}
