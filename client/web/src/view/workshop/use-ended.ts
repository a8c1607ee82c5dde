import { useState } from 'react';

/** What this person has seen under way and that is over now, until they have seen enough of it; and the way to say so. */
export function useEnded<Round extends { readonly id: number; readonly state: string }>(
  rounds: readonly Round[],
  open: number | undefined,
): readonly [ended: Round | undefined, dismiss: () => void] {
  const [seen, setSeen] = useState(open);
  if (open !== undefined && open !== seen) setSeen(open);
  const ended = rounds.find(({ id, state }) => id === seen && state !== 'open');
  return [ended, () => setSeen(undefined)];
}
