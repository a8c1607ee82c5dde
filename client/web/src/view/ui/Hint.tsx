// A tooltip on hover and keyboard focus. It repeats a name or gives a shortcut, never something a
// person cannot find otherwise.
import type { JSX, ReactElement } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import './hint.css';

export function Hint({
  text,
  shortcut,
  children,
}: {
  readonly text: string;
  readonly shortcut?: string;
  readonly children: ReactElement;
}): JSX.Element {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <Tooltip offset={6} className="c-hint">
        {text}
        {shortcut === undefined ? null : <kbd className="c-hint__key">{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
