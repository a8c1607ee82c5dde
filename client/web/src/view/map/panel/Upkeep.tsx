// Who keeps the map true, how often it is looked at, and the one click that says it still is.
import type { JSX } from 'react';
import { Link } from 'react-aria-components';
import {
  CADENCES,
  daysBetween,
  EVERY_DAYS_MAX,
  isDay,
  reviewDue,
  today,
} from '../../../model/review';
import { setMapOwner, setReview } from '../../../model/scope';
import { mapPath } from '../../router';
import { Button, CheckIcon } from '../../ui';
import { useDay } from '../../use-day';
import { count } from '../../words';
import { dayInWords } from '../faces';
import { useBoard, useStore } from '../use';
import { Choice, Suggest } from './choices';
import { Count, Line } from './controls';
import { ownersOf } from './owners';
import { useReading } from './reading';
import { reviewedUnchanged } from './reviewed';

export function Upkeep(): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  const { owner, review } = useStore(board.journey.meta);
  const day = today(useDay());
  const every = review.everyDays;
  const preset = CADENCES.find(({ days }) => days === every);
  return (
    <section className="m-section" aria-label="Upkeep">
      <h3>Who keeps it true</h3>
      <Suggest
        label="Owner"
        name="owner"
        options={ownersOf(board).map((name) => ({ id: name, label: name }))}
        value={owner === '' ? undefined : owner}
        placeholder="Who keeps it up to date"
        onValue={(next) => setMapOwner(board.journey, next ?? '')}
      />
      {isRead ? null : (
        <Choice
          label="Reviewed every"
          name="cadence"
          options={CADENCES.map(({ days, label }) => ({ id: String(days), label }))}
          value={preset === undefined ? undefined : String(preset.days)}
          onValue={(days) =>
            setReview(board.journey, { everyDays: days === undefined ? undefined : Number(days) })
          }
        />
      )}
      <div className="m-fields">
        <Count
          label="Days between reviews"
          name="everyDays"
          value={every}
          min={1}
          max={EVERY_DAYS_MAX}
          onValue={(everyDays) => setReview(board.journey, { everyDays })}
        />
        <Line
          label="Last reviewed"
          name="lastReviewed"
          type="date"
          max={day}
          value={review.lastReviewed}
          onValue={(lastReviewed) => {
            if (lastReviewed === undefined || isDay(lastReviewed)) {
              // Whoever writes the day down by hand need not be who looked.
              setReview(board.journey, { lastReviewed, by: undefined });
            }
          }}
        />
      </div>
      <div className="m-reviewed" data-field="review">
        <p className="m-review">
          <ReviewWords review={review} day={day} />
        </p>
        {review.lastReviewed === undefined ? null : (
          <p className="m-review">
            <Link href={`${mapPath(board.connection.mapId, 'compare')}?since=review`}>
              What changed since the last review
            </Link>
          </p>
        )}
        {isRead ? null : (
          <Button icon={CheckIcon} onPress={() => reviewedUnchanged(board)}>
            Reviewed, unchanged
          </Button>
        )}
      </div>
    </section>
  );
}

interface ReviewProps {
  readonly review: {
    readonly everyDays?: number;
    readonly lastReviewed?: string;
    readonly by?: string;
  };
  readonly day: string;
}

/** When it was looked at, by whom, and when it is due again. */
function ReviewWords({ review, day }: ReviewProps): JSX.Element {
  const due = reviewDue(review);
  const days = due === undefined ? undefined : daysBetween(day, due);
  return (
    <>
      {lastWords(review, day)}
      {due === undefined && review.lastReviewed !== undefined ? ' No next review planned. ' : ' '}
      {due === undefined || days === undefined ? null : days < 0 ? (
        <strong className="m-review__overdue">
          The next review was due {dayInWords(due)}, {count(-days, 'day', 'days')} ago.
        </strong>
      ) : days === 0 ? (
        'The next review is due today.'
      ) : (
        `The next review is due ${dayInWords(due)}, in ${count(days, 'day', 'days')}.`
      )}
    </>
  );
}

function lastWords({ everyDays, lastReviewed, by }: ReviewProps['review'], day: string): string {
  if (lastReviewed === undefined) {
    return everyDays === undefined ? 'Never reviewed, and no review planned.' : 'Never reviewed.';
  }
  return `Last reviewed ${lastReviewed === day ? 'today' : dayInWords(lastReviewed)}${
    by === undefined ? '' : ` by ${by}`
  }.`;
}
