// A menu on a button. Items carry an icon, an optional shortcut, and say when they destroy.
import type { JSX, ReactElement, ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps as AriaMenuItemProps,
  type MenuProps as AriaMenuProps,
  MenuTrigger,
  Popover,
  type PopoverProps,
  Separator,
} from 'react-aria-components';
import { CheckIcon, type Icon } from './icons';
import './menu.css';

export interface MenuProps<T extends object> extends Omit<AriaMenuProps<T>, 'className' | 'style'> {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly placement?: NonNullable<PopoverProps['placement']>;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

export function Menu<T extends object>({
  trigger,
  placement = 'bottom end',
  isOpen,
  onOpenChange,
  ...menu
}: MenuProps<T>): JSX.Element {
  return (
    <MenuTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger}
      <Popover placement={placement} offset={6} className="c-popover">
        <AriaMenu {...menu} className="c-menu" />
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuItemProps
  extends Omit<AriaMenuItemProps, 'className' | 'style' | 'children' | 'textValue'> {
  readonly icon?: Icon;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly children: string;
}

export function MenuItem({
  icon: DrawnIcon,
  shortcut,
  danger = false,
  children,
  ...rest
}: MenuItemProps): JSX.Element {
  return (
    <AriaMenuItem
      {...rest}
      textValue={children}
      className={`c-menu__item ${danger ? 'c-menu__item--danger' : ''}`}
    >
      {({ isSelected, selectionMode }): ReactNode => (
        <>
          <span className="c-menu__icon">{DrawnIcon ? <DrawnIcon size={18} /> : null}</span>
          <span className="c-menu__text">{children}</span>
          {shortcut === undefined ? null : <kbd className="c-menu__key">{shortcut}</kbd>}
          {selectionMode !== 'none' && isSelected ? <CheckIcon size={18} /> : null}
        </>
      )}
    </AriaMenuItem>
  );
}

export function MenuLine(): JSX.Element {
  return <Separator className="c-menu__line" />;
}
