// One cell of the matrix with the cards in it, and one such card.
import type { JSX, ReactNode } from 'react';
import {
  type Opportunity,
  QUADRANT_LABEL,
  quadrantOf,
  ratingOf,
  spotInMatrix,
} from '../../model/opportunities';
import { placeKey } from '../../model/people';
import { dotWords, placeWords } from '../../model/rounds';
import { useBoard, useStore } from '../map/use';
import { matrixWords } from './acts';
import { isTouch } from './dragging';
import { cellKey, type MatrixCell } from './matrixSteps';

export function MatrixCellBox({
  cell,
  count,
  folded,
  canFold,
  isStanding,
  isMoreStanding,
  takes,
  onTake,
  onUnfold,
  children,
}: {
  readonly cell: MatrixCell;
  readonly count: number;
  /** How many of them are out of sight. */
  readonly folded: number;
  readonly canFold: boolean;
  readonly isStanding: boolean;
  readonly isMoreStanding: boolean;
  /** The name of what is picked up and could be put here. */
  readonly takes: string | undefined;
  readonly onTake: () => void;
  readonly onUnfold: () => void;
  readonly children: ReactNode;
}): JSX.Element {
  const { impact, effort } = cell;
  const quadrant = quadrantOf(impact, effort);
  const isCorner = (impact === 5 || impact === 1) && (effort === 1 || effort === 5);
  const held = count === 0 ? 'empty' : `${count} ${count === 1 ? 'opportunity' : 'opportunities'}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the matrix has one key handler for all its cells.
    <div
      role="gridcell"
      className={`o-spot ${quadrant === undefined ? '' : `o-spot--${quadrant}`}`}
      data-stop=""
      data-cell={cellKey(cell)}
      data-drop={cellKey(cell)}
      tabIndex={isStanding ? 0 : -1}
      aria-label={`${matrixWords(impact, effort)}: ${held}${takes === undefined ? '' : `; put ${takes} here`}`}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('button') === null) onTake();
      }}
    >
      {quadrant !== undefined && isCorner ? (
        <span className="o-spot__quadrant" aria-hidden="true">
          {QUADRANT_LABEL[quadrant]}
        </span>
      ) : null}
      {children}
      {canFold ? (
        <button
          type="button"
          className="o-more"
          data-stop=""
          data-more=""
          tabIndex={isMoreStanding ? 0 : -1}
          aria-expanded={folded === 0}
          onClick={onUnfold}
        >
          {folded === 0 ? 'Show fewer' : `${folded} more`}
        </button>
      ) : null}
    </div>
  );
}

export function Token({
  opportunity,
  rank,
  isStanding,
  isCarried,
  canDrag,
  onPress,
}: {
  readonly opportunity: Opportunity;
  readonly rank: string;
  readonly isStanding: boolean;
  readonly isCarried: boolean;
  readonly canDrag: boolean;
  readonly onPress: (touched: boolean) => void;
}): JSX.Element {
  const board = useBoard();
  const { id, card, stage, vote } = opportunity;
  const visitors = useStore(board.people.at(placeKey({ card: id })));
  const value = ratingOf(card, 'value');
  const cell = spotInMatrix(card);
  const words = [
    card.text || 'Empty card',
    rank === '' ? 'no rank' : `rank ${rank}`,
    cell === undefined ? 'not placed yet' : matrixWords(cell.impact, cell.effort),
    value === undefined ? 'value not rated' : `value ${value}`,
    vote === undefined ? '' : `${dotWords(vote.dots)} in the vote, ${placeWords(vote)}`,
    stage.title,
    ...(visitors.length === 0 ? [] : [`here: ${visitors.map(({ name }) => name).join(', ')}`]),
  ].filter((part) => part !== '');
  return (
    <button
      type="button"
      className={`o-token ${isCarried ? 'o-token--carried' : ''}`}
      data-stop=""
      data-opportunity={id}
      {...(canDrag ? { 'data-drag': id, 'aria-pressed': isCarried } : {})}
      {...(visitors[0] === undefined ? {} : { style: { borderColor: visitors[0].color } })}
      tabIndex={isStanding ? 0 : -1}
      aria-label={words.join('; ')}
      title={card.text}
      onClick={({ nativeEvent }) => onPress(isTouch(nativeEvent))}
    >
      <span className="o-token__rank">{rank === '' ? '–' : rank}</span>
      <span className="o-token__text" data-words="">
        {card.text || 'Empty card'}
      </span>
      {vote === undefined ? null : (
        <span className="o-token__votes" title={dotWords(vote.dots)}>
          {vote.dots}
        </span>
      )}
    </button>
  );
}
