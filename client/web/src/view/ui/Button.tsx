// Buttons, with and without words. Every button of the product is one of these two.
import { type JSX, type ReactNode, useState } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import './button.css';
import { Hint } from './Hint';
import type { Icon } from './icons';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ControlSize = 's' | 'm' | 'l';

export interface ButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'isPending'> {
  readonly variant?: ButtonVariant;
  /** What it does is under way: it keeps the focus, says so, and takes no press. */
  readonly isPending?: boolean;
  readonly size?: ControlSize;
  readonly icon?: Icon;
  readonly wide?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Button({
  variant = 'secondary',
  size = 'm',
  icon: DrawnIcon,
  wide = false,
  isPending = false,
  className = '',
  children,
  ...rest
}: ButtonProps): JSX.Element {
  const { held, props } = useHeld(rest);
  return (
    <AriaButton
      {...props}
      {...(isPending ? { onPress: ignore, type: 'button' as const } : {})}
      className={`c-button c-button--${variant} c-button--${size} ${wide ? 'c-button--wide' : ''} ${held} ${className}`}
    >
      {isPending ? (
        <span className="c-button__spinner" aria-hidden="true" />
      ) : DrawnIcon ? (
        <DrawnIcon size={size === 's' ? 16 : 18} />
      ) : null}
      <span className="c-button__label">{children}</span>
      {isPending ? <span className="visually-hidden">in progress</span> : null}
    </AriaButton>
  );
}

function ignore(): void {}

/**
 * A button that can no longer be pressed (the last undo is done, the last slide is shown) keeps the focus it has until the person moves on:
 * the browser would drop it on the page, and leave them nowhere.
 */
function useHeld(props: AriaButtonProps): {
  readonly held: string;
  readonly props: AriaButtonProps;
} {
  const [hasFocus, setFocus] = useState(false);
  const isHeld = props.isDisabled === true && hasFocus;
  return {
    held: isHeld ? 'c-button--held' : '',
    props: {
      ...props,
      ...(isHeld ? { isDisabled: false, 'aria-disabled': true, onPress: ignore } : {}),
      onFocusChange: (isFocused) => {
        setFocus(isFocused);
        props.onFocusChange?.(isFocused);
      },
    },
  };
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** The name of the button, spoken and shown as a hint. */
  readonly label: string;
  readonly icon: Icon;
  readonly size?: ControlSize;
  readonly variant?: ButtonVariant;
  readonly className?: string;
  /** A key shown beside the hint, e.g. `N`. */
  readonly shortcut?: string;
}

export function IconButton({
  label,
  icon: DrawnIcon,
  size = 'm',
  variant = 'ghost',
  className = '',
  shortcut,
  ...rest
}: IconButtonProps): JSX.Element {
  const { held, props } = useHeld(rest);
  return (
    <Hint text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <AriaButton
        {...props}
        aria-label={label}
        className={`c-button c-button--${variant} c-button--${size} c-button--icon ${held} ${className}`}
      >
        <DrawnIcon size={size === 's' ? 16 : 20} />
      </AriaButton>
    </Hint>
  );
}
