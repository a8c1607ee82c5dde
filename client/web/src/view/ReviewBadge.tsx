// That the review of a map is due soon, due, or overdue: at home beside the map, in the map in its bar.
import type { JSX } from 'react';
import { Badge, CalendarIcon } from './ui';
import type { ReviewState } from './words';

export function ReviewBadge({
  review: { words, isPressing },
}: {
  readonly review: ReviewState;
}): JSX.Element {
  return (
    <Badge tone={isPressing ? 'warn' : 'plain'} icon={CalendarIcon}>
      <span className="review-words">{words}</span>
    </Badge>
  );
}
