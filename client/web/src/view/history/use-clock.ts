// Lets time pass for a player, picture by picture.
import { useEffect } from 'react';
import type { Player } from '../../model/history/player';
import { usePart } from '../map/use';

/** A page that was hidden for a while does not catch up in one jump. */
const LONGEST = 250;

export function useClock(player: Player): void {
  const isPlaying = usePart(player.state, (state) => state.isPlaying);
  useEffect(() => {
    if (!isPlaying) return undefined;
    let before = performance.now();
    let frame = requestAnimationFrame(function pass(now) {
      player.pass(Math.min(Math.max(now - before, 0), LONGEST));
      before = now;
      frame = requestAnimationFrame(pass);
    });
    return () => cancelAnimationFrame(frame);
  }, [player, isPlaying]);
}
