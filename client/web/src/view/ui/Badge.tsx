// A small label for a state or a kind. Its words carry the meaning; the tone only supports them.
import type { JSX, ReactNode } from 'react';
import './badge.css';
import type { Icon } from './icons';

export type BadgeTone = 'plain' | 'accent' | 'warn' | 'danger';

export function Badge({
  tone = 'plain',
  icon: DrawnIcon,
  children,
}: {
  readonly tone?: BadgeTone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <span className={`c-badge c-badge--${tone}`}>
      {DrawnIcon ? <DrawnIcon size={14} /> : null}
      {children}
    </span>
  );
}
