// In the bar of a map: that its review is due soon or overdue, and the way to where one says that it was done.
import type { JSX } from 'react';
import { Button } from 'react-aria-components';
import { reviewDue } from '../../model/review';
import { openMapField } from '../map/panel/opening';
import { useBoard, usePart } from '../map/use';
import { ReviewBadge } from '../ReviewBadge';
import { Hint } from '../ui';
import { useDay } from '../use-day';
import { type ReviewState, reviewState } from '../words';

/** What there is to say of the open map's review; nothing while it is far off or not planned. */
export function useReview(): ReviewState | null {
  const due = usePart(useBoard().journey.meta, ({ review }) => reviewDue(review));
  return reviewState(due, useDay());
}

export function ReviewDue({ review }: { readonly review: ReviewState }): JSX.Element {
  const board = useBoard();
  return (
    <Hint text={review.words}>
      <Button className="map-bar__review" onPress={() => openMapField(board, 'review')}>
        <ReviewBadge review={review} />
      </Button>
    </Hint>
  );
}
