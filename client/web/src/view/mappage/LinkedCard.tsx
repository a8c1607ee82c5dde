// A link to one card (`/map/ID?card=CARD`, as an exported list has it): whoever follows it stands on that card. Mounted once the map
// has loaded; a card that is gone leaves the person on the map.
import { useEffect } from 'react';
import { useBoard } from '../map/use';
import { navigate } from '../router';

export function LinkedCard(): null {
  const board = useBoard();
  useEffect(() => {
    const id = new URLSearchParams(location.search).get('card');
    if (id === null) return;
    // Followed once: a reload later must not take the person back.
    navigate(location.pathname, 'replace');
    const card = board.journey.card(id).get();
    if (card !== undefined) {
      board.visit({ kind: 'card', card: id, lane: card.lane, stage: card.stage });
    }
  }, [board]);
  return null;
}
