// The small banner at the foot of the page while somebody else moves one's view, or did: who, where to, and the way out.
import type { JSX, ReactNode } from 'react';
import { Avatar } from '../ui';
import './company.css';

export function Banner({
  label,
  person,
  children,
  actions,
}: {
  readonly label: string;
  readonly person: { readonly name: string; readonly color: string } | undefined;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}): JSX.Element {
  return (
    <section className="company__banner" aria-label={label}>
      {person === undefined ? null : (
        <Avatar name={person.name} color={person.color} size="s" decorative />
      )}
      <p className="company__words">{children}</p>
      <span className="company__acts">{actions}</span>
    </section>
  );
}
