// The names of the people at a card, cell or header, as small flags on its edge.
import type { JSX } from 'react';
import type { Visitor } from '../../model/people';
import { readableOn } from '../ui';

const SHOWN = 3;

export function Visitors({
  visitors,
}: {
  readonly visitors: readonly Visitor[];
}): JSX.Element | null {
  if (visitors.length === 0) return null;
  return (
    <span className="m-visitors" aria-hidden="true">
      {visitors.slice(0, SHOWN).map((visitor) => (
        <span
          key={visitor.id}
          className="m-visitor"
          style={{ backgroundColor: visitor.color, color: readableOn(visitor.color) }}
        >
          {visitor.name}
          {visitor.field === undefined ? null : (
            <i className="m-visitor__dots">
              <i />
              <i />
              <i />
            </i>
          )}
          {visitor.dragging ? ' is moving this' : null}
        </span>
      ))}
      {visitors.length > SHOWN ? (
        <span className="m-visitor m-visitor--rest">+{visitors.length - SHOWN}</span>
      ) : null}
    </span>
  );
}
