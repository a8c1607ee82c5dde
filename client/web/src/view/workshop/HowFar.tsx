// How far something is that everyone was asked for: a sentence, a bar, and the names of those who are there. Never what anybody said.
import type { JSX, ReactNode } from 'react';
import type { Person } from '../../wire/types';
import { Avatar, CheckIcon } from '../ui';
import './how-far.css';

export function HowFar({
  share,
  names,
  whose,
  children,
}: {
  /** 0 to 1. */
  readonly share: number;
  readonly names: readonly Person[];
  /** What the list of names is called. */
  readonly whose: string;
  /** The sentence. */
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <div className="how-far">
      <p>{children}</p>
      <span className="how-far__bar" aria-hidden="true">
        <span style={{ width: `${100 * share}%` }} />
      </span>
      {names.length === 0 ? null : (
        <ul className="how-far__names" aria-label={whose}>
          {names.map((person) => (
            <li key={person.id}>
              <Avatar name={person.name} color={person.color} size="s" decorative />
              {person.name}
              <CheckIcon size={14} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
