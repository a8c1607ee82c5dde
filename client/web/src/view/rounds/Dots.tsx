// Dots as dots while they can be taken in at a glance, as a figure beyond. Decoration: the words beside them say the same.
import type { JSX } from 'react';
import './dots.css';

/** More than these nobody counts with the eye. */
const AT_A_GLANCE = 6;

export function Dots({
  filled,
  of,
}: {
  readonly filled: number;
  readonly of: number;
}): JSX.Element {
  if (of > AT_A_GLANCE) {
    return (
      <span className="v-dots v-dots--many" aria-hidden="true">
        <i className={filled > 0 ? 'v-dot v-dot--on' : 'v-dot'} />
        {filled}
        <span className="v-dots__of">/{of}</span>
      </span>
    );
  }
  return (
    <span className="v-dots" aria-hidden="true">
      {Array.from({ length: of }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place.
        <i key={place} className={place < filled ? 'v-dot v-dot--on' : 'v-dot'} />
      ))}
    </span>
  );
}
