// The words of a card, which lead to the card on the map.
import type { JSX, ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Card } from '../../model/entities';
import { useBoard } from '../map/use';

export function CardLink({
  card,
  children,
}: {
  readonly card: Card;
  readonly children: ReactNode;
}): JSX.Element {
  const board = useBoard();
  return (
    <AriaButton
      className="r-link"
      onPress={() =>
        board.visit({ kind: 'card', card: card.id, lane: card.lane, stage: card.stage })
      }
    >
      {children}
      <span className="visually-hidden">, show on the map</span>
    </AriaButton>
  );
}
