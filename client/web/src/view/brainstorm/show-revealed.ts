// The cards of a reveal as they come into the map: said once, and set off for a moment where they are. Nobody's view moves.
import type { Board } from '../map/board';
import { toast } from '../ui';
import { revealedWords } from './words';

/** Milliseconds. */
const LONG = 6000;

export function showRevealed(board: Board, cards: readonly string[]): void {
  toast({ title: revealedWords(cards.length), tone: 'good' });
  // When they have been drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      for (const id of cards) {
        const card = board.grid?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
        if (card !== null && card !== undefined) setOff(card);
      }
    }),
  );
}

/** Not by a class: React would take it away with the next change of the card. */
function setOff(card: HTMLElement): void {
  const ring = '0 0 0 2px var(--canvas), 0 0 0 4px var(--accent)';
  const still = { boxShadow: ring };
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  card.animate(
    isCalm ? [still, still] : [still, { ...still, offset: 0.7 }, { boxShadow: 'none' }],
    LONG,
  );
}
