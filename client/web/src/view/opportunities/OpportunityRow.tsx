// One opportunity in the list. It redraws when it changes and not when another does.
import { type JSX, memo } from 'react';
import { OPPORTUNITY_STATUSES, STATUS_LABEL } from '../../model/kinds';
import {
  isOverdue,
  type Opportunity,
  RATING_LABEL,
  RATING_QUESTION,
  RATINGS,
  type Rating,
  ratingOf,
  scoreWords,
} from '../../model/opportunities';
import { Pips } from '../map/marks';
import { useBoard, useStill } from '../map/use';
import { ActsCell } from './ActsCell';
import { Addresses, addressesWords } from './Addresses';
import { rate, setStatus } from './acts';
import { Cell } from './Cell';
import { useDesk } from './desk';
import { LineCell } from './LineCell';
import { PickCell } from './PickCell';
import { TextCell } from './TextCell';

const SCALE = [1, 2, 3, 4, 5] as const;
const SCALE_OPTIONS = SCALE.map((value) => ({ id: String(value), label: String(value) }));
const STATUS_OPTIONS = OPPORTUNITY_STATUSES.map((id) => ({ id, label: STATUS_LABEL[id] }));
export const OWNERS_LIST = 'opportunity-owners';

export const OpportunityRow = memo(function OpportunityRow({
  opportunity,
  rank,
  asksForRatings,
  canDrag,
  today,
}: {
  readonly opportunity: Opportunity;
  /** As shown; empty for one that has no place. */
  readonly rank: string;
  /** Whether it stands among those not ranked yet: then the ratings are one click each. */
  readonly asksForRatings: boolean;
  readonly canDrag: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
}): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const { id, card, score } = opportunity;
  const overdue = isOverdue(opportunity, today);
  const { status } = card;
  const still = useStill(card);
  return (
    <div
      role="row"
      className="o-row"
      data-opportunity={id}
      {...(canDrag ? { 'data-drag': id } : {})}
    >
      <Cell row={id} column="rank" label={rank === '' ? 'No rank' : `Rank ${rankSpoken(rank)}`}>
        <span className="o-rank">{rank === '' ? '–' : rank}</span>
      </Cell>
      <TextCell opportunity={opportunity} />
      <Cell row={id} column="addresses" label={addressesWords(opportunity)}>
        <Addresses opportunity={opportunity} />
      </Cell>
      {RATINGS.map((rating) => {
        const value = ratingOf(card, rating);
        return (
          <PickCell
            key={rating}
            row={id}
            column={rating}
            label={`${RATING_LABEL[rating]}: ${value === undefined ? 'not rated' : `${value} of 5`}`}
            options={SCALE_OPTIONS}
            value={value === undefined ? undefined : String(value)}
            onValue={(next) =>
              rate(board, opportunity, rating, next === undefined ? undefined : Number(next))
            }
          >
            <span className="o-rating m-kind--opportunity">
              {value === undefined ? '–' : value}
              <Pips value={value ?? 0} of={5} />
            </span>
          </PickCell>
        );
      })}
      <Cell
        row={id}
        column="score"
        label={score === undefined ? 'No score' : `Score ${scoreWords(score)}`}
      >
        <span className="o-score">{score === undefined ? '–' : scoreWords(score)}</span>
      </Cell>
      <PickCell
        row={id}
        column="status"
        label={`Status: ${status === undefined ? 'none' : STATUS_LABEL[status]}`}
        options={STATUS_OPTIONS}
        value={status}
        onValue={(next) => {
          const to = OPPORTUNITY_STATUSES.find((one) => one === next);
          setStatus(board, opportunity, to);
          desk.moved();
        }}
      >
        <span className={`o-status o-status--${status ?? 'none'}`}>
          {status === undefined ? 'None' : STATUS_LABEL[status]}
        </span>
      </PickCell>
      <LineCell
        row={id}
        column="owner"
        label={`Owner: ${card.owner ?? 'nobody'}`}
        type="text"
        suggestions={OWNERS_LIST}
        value={card.owner}
        onValue={(owner) => board.setFields(id, { owner })}
      >
        {card.owner ?? <span className="o-none">Nobody</span>}
      </LineCell>
      <LineCell
        row={id}
        column="due"
        label={`Due: ${card.due === undefined ? 'no date' : dateWords(card.due)}${overdue ? ', overdue' : ''}`}
        type="date"
        value={card.due}
        onValue={(due) => board.setFields(id, { due })}
      >
        {card.due === undefined ? (
          <span className="o-none">No date</span>
        ) : (
          <span className="o-due">
            {dateWords(card.due)}
            {overdue ? <strong className="o-overdue">Overdue</strong> : null}
          </span>
        )}
      </LineCell>
      <ActsCell opportunity={opportunity} />
      {asksForRatings && !still ? (
        <div role="gridcell" className="o-cell o-cell--rate">
          {RATINGS.map((rating) => (
            <RateStrip key={rating} opportunity={opportunity} rating={rating} />
          ))}
        </div>
      ) : null}
    </div>
  );
});

/** All five at hand, for what is not ranked yet. From the keyboard the numbers do the same in the rating's cell. */
function RateStrip({
  opportunity,
  rating,
}: {
  readonly opportunity: Opportunity;
  readonly rating: Rating;
}): JSX.Element {
  const board = useBoard();
  const value = ratingOf(opportunity.card, rating);
  return (
    <div role="group" className="o-strip" aria-label={RATING_QUESTION[rating]}>
      <span className="o-strip__label" aria-hidden="true">
        {RATING_QUESTION[rating]}
      </span>
      <span className="o-strip__scale">
        {SCALE.map((step) => (
          <button
            key={step}
            type="button"
            tabIndex={-1}
            className="o-strip__step"
            aria-pressed={value === step}
            onClick={() => rate(board, opportunity, rating, value === step ? undefined : step)}
          >
            {step}
          </button>
        ))}
      </span>
    </div>
  );
}

function rankSpoken(rank: string): string {
  return rank.endsWith('=') ? `${rank.slice(0, -1)}, shared` : rank;
}

/** "12 Mar 2027" as this person writes dates; what is no date stays as it was written. */
export function dateWords(date: string): string {
  const read = new Date(`${date}T00:00:00`);
  return Number.isNaN(read.getTime())
    ? date
    : read.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}
