// A persona as a card to read: who they are, in their own words, and what they want, need and run into.
// Shown large for a workshop to read aloud, and in the panel of an observer.
import type { CSSProperties, JSX } from 'react';
import type { Persona } from '../../model/entities';
import { Badge, initials } from '../ui';
import { LineMark } from './marks';
import './persona.css';

/** Their initials in the colour and dash of their curve, with its mark: nobody has a photograph, everybody a line. */
export function Portrait({
  name,
  style,
  size = 44,
}: {
  readonly name: string;
  readonly style: number;
  readonly size?: number;
}): JSX.Element {
  return (
    <span
      className="m-portrait"
      aria-hidden="true"
      style={{ '--line': `var(--m-line-${style})`, '--size': `${size}px` } as CSSProperties}
    >
      <svg viewBox="0 0 44 44" aria-hidden="true" focusable="false">
        <circle cx="22" cy="22" r="20" className={`m-curve__line m-curve__line--${style}`} />
      </svg>
      <span>{name.trim() === '' ? '?' : initials(name)}</span>
      <LineMark style={style} size={Math.max(11, size / 3)} />
    </span>
  );
}

const LISTS = [
  ['goals', 'Goals'],
  ['needs', 'Needs'],
  ['frustrations', 'Frustrations'],
] as const;

export function PersonaCard({
  persona,
  style,
  level = 3,
}: {
  readonly persona: Persona;
  readonly style: number;
  /** Of its heading. */
  readonly level?: 3 | 4;
}): JSX.Element {
  const Heading = level === 3 ? 'h3' : 'h4';
  const lists = LISTS.filter(([field]) => persona[field].length > 0);
  return (
    <article className="m-personacard" data-field={`persona ${persona.id} name`}>
      <header className="p-card__head">
        <Portrait name={persona.name} style={style} />
        <div className="p-card__who">
          <Heading>{persona.name || 'Unnamed persona'}</Heading>
          {persona.role === '' ? null : <p>{persona.role}</p>}
        </div>
        {persona.primary ? <Badge tone="accent">Primary</Badge> : null}
      </header>
      {persona.quote === '' ? null : (
        <blockquote className="p-card__quote">“{persona.quote}”</blockquote>
      )}
      {persona.bio === '' ? null : <p className="p-card__bio">{persona.bio}</p>}
      {lists.length === 0 ? null : (
        <dl className="p-card__lists">
          {lists.map(([field, label]) => (
            <div key={field}>
              <dt>{label}</dt>
              {persona[field].map((item) => (
                <dd key={item}>{item}</dd>
              ))}
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}
