// Votes on the page of a map, on each of its screens. Nothing, and nothing loaded, until the map has had a round.
import type { JSX } from 'react';
import { later } from '../later';
import { useBoard, usePart } from '../map/use';

const Voting = later(async () => (await import('./Voting')).default);

export function VotingBar(): JSX.Element | null {
  const { shared } = useBoard().connection.workshop;
  const hasRounds = usePart(shared, (all) => all !== null && all.rounds.length > 0);
  return hasRounds ? <Voting /> : null;
}
