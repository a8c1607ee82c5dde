// The place of one card in its cell: the card itself while it is near, and its words alone while it is out of sight on a large map.
// The words are laid out as the card lays them out, and the slot keeps the height the card had, so that nothing jumps when one takes
// the other's place; they can be found with the browser's search, read aloud, and focused.
import { type CSSProperties, type JSX, memo, useLayoutEffect, useRef } from 'react';
import type { Card } from '../../model/entities';
import { LANE_WORDS, type LaneKind } from '../../model/kinds';
import { CardView, type CardViewProps } from './CardView';
import { spotKey } from './spot';
import { useBoard, useSelected, useStore } from './use';

export const Slot = memo(function Slot(props: CardViewProps): JSX.Element {
  const { sight } = useBoard();
  const { id } = props;
  const near = useStore(sight.near(id));
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (slot.current === null) return undefined;
    return sight.watch(slot.current, id);
  }, [sight, id]);
  return (
    <div role="none" className="m-slot" ref={slot}>
      {near ? <CardView {...props} /> : <FarCard {...props} />}
    </div>
  );
});

function FarCard({ id, lane, stage, kind }: CardViewProps): JSX.Element {
  const { journey, sight } = useBoard();
  const card = useStore(journey.card(id));
  const selected = useSelected(id);
  const text = card?.text ?? '';
  const height = sight.heightOf(id, card);
  const style: CSSProperties & Record<`--${string}`, string | number> =
    height === undefined
      ? { '--rows': card === undefined ? 0 : rowsBelow(card, kind) }
      : { height: `${height}px` };
  return (
    <div
      className="m-card m-card--far"
      style={style}
      role="listitem"
      data-spot={spotKey({ kind: 'card', card: id, lane, stage })}
      data-card={id}
      tabIndex={-1}
      aria-label={`${LANE_WORDS[kind].card}${selected ? ', selected' : ''}: ${text.trim() === '' ? 'Empty card' : text.trim()}`}
    >
      <p className={text === '' ? 'm-card__text m-card__text--empty' : 'm-card__text'}>
        {text === '' ? 'Empty' : text}
      </p>
    </div>
  );
}

/** About how many lines its face adds to the words, for the height of a card that was never drawn. */
export function rowsBelow(card: Card, kind: LaneKind): number {
  const rows = (...facts: readonly boolean[]): number => facts.filter(Boolean).length;
  const lines = (more: string): number => Math.ceil(more.length / LINE);
  switch (kind) {
    case 'touchpoint':
      return rows(card.channel !== undefined || card.momentOfTruth || !card.owned);
    case 'expectation':
      return lines(card.actual) + rows(card.gap !== undefined);
    case 'emotion':
      return lines(card.quote) + 1;
    case 'pain':
      return rows(card.severity !== undefined);
    case 'opportunity':
      return rows(
        (card.impact ?? card.value ?? card.effort) !== undefined,
        (card.status ?? card.owner) !== undefined,
        card.due !== undefined || card.addresses.length > 0,
      );
    case 'metric':
      return rows(card.value !== undefined, card.target !== undefined);
    case 'evidence':
    case 'frontstage':
    case 'backstage':
    case 'support':
      return rows(card.actor !== undefined || card.failPoint);
    case 'action':
    case 'note':
      return 0;
  }
}

/** Characters in a line of a card as wide as they usually are. */
const LINE = 26;
