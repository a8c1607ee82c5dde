// What a place says when nothing is in it yet: what it is for, and how to begin.
import type { JSX, ReactNode } from 'react';
import './empty-state.css';

export function EmptyState({
  art,
  title,
  children,
  actions,
  level = 2,
}: {
  readonly art?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly level?: 1 | 2 | 3;
}): JSX.Element {
  const Title = `h${level}` as const;
  return (
    <div className="c-empty">
      {art === undefined ? null : <div className="c-empty__art">{art}</div>}
      <Title className="c-empty__title">{title}</Title>
      {children === undefined ? null : <div className="c-empty__text">{children}</div>}
      {actions === undefined ? null : <div className="c-empty__actions">{actions}</div>}
    </div>
  );
}
