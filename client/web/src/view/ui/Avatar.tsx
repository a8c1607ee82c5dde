// A person as a coloured disc with initials. The name is always there for assistive technology and as a
// hint; the colour never stands alone.
import type { JSX } from 'react';
import './avatar.css';
import { HandIcon } from './icons';
import { initials, readableOn } from './person';

export interface AvatarProps {
  readonly name: string;
  readonly color: string;
  readonly size?: 's' | 'm' | 'l';
  /** Someone who has left is drawn faint. */
  readonly away?: boolean;
  /** The name is written beside it: say nothing twice. */
  readonly decorative?: boolean;
  /** A hand is up: a sign on its edge. Whoever draws it says so in words, too. */
  readonly hasHand?: boolean;
}

export function Avatar({
  name,
  color,
  size = 'm',
  away = false,
  decorative = false,
  hasHand = false,
}: AvatarProps): JSX.Element {
  const naming = decorative
    ? { 'aria-hidden': true as const }
    : { role: 'img' as const, 'aria-label': hasHand ? `${name}, hand up` : name, title: name };
  return (
    <span
      {...naming}
      className={`c-avatar c-avatar--${size} ${away ? 'c-avatar--away' : ''}`}
      style={{ backgroundColor: color, color: away ? 'var(--ink-2)' : readableOn(color) }}
    >
      {initials(name)}
      {hasHand ? (
        <span className="c-avatar__hand">
          <HandIcon size={12} />
        </span>
      ) : null}
    </span>
  );
}
