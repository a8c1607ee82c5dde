// Names to suggest where an owner is asked for: whoever owns something on this map, and whoever is in it.
import type { Board } from '../board';

export function ownersOf(board: Board): readonly string[] {
  const names = new Set([...board.journey.cards()].flatMap((card) => card.owner ?? []));
  const { owner } = board.journey.meta.get();
  if (owner !== '') names.add(owner);
  for (const person of board.connection.workshop.shared.get()?.people ?? []) names.add(person.name);
  return [...names].sort((a, b) => a.localeCompare(b));
}
