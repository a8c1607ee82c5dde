// Write operations on personas, each one transaction and one undo step. Called by the view.
import { newId } from './ids';
import type { Journey } from './journey';
import { placeAt } from './order';
import { act, applyPlacement, entryOf, listOf, newEntry, setPlain } from './write';

/** Adds a persona at the end; the first one is primary. Returns its id. */
export function addPersona(journey: Journey, name: string): string {
  const id = newId();
  const personas = journey.personas.all.get();
  act(journey, () => {
    const entry = newEntry(
      { name, role: '', quote: '', bio: '' },
      { goals: [], needs: [], frustrations: [] },
      { primary: personas.length === 0 },
    );
    journey.root('personas').set(id, entry);
    applyPlacement(journey, 'personas', entry, placeAt(personas, personas.length));
  });
  return id;
}

/** Moves a persona one place; its curve's style goes with its place. Returns whether it moved. */
export function movePersona(journey: Journey, id: string, by: -1 | 1): boolean {
  const entry = entryOf(journey, 'personas', id);
  const personas = journey.personas.all.get();
  const index = personas.findIndex((one) => one.id === id);
  const to = index + by;
  if (entry === undefined || index < 0 || to < 0 || to >= personas.length) return false;
  const others = personas.filter((one) => one.id !== id);
  act(journey, () => applyPlacement(journey, 'personas', entry, placeAt(others, to)));
  return true;
}

/** Makes one persona primary and the others not, or none. */
export function setPrimary(journey: Journey, id: string, primary = true): void {
  act(journey, () => {
    for (const persona of journey.personas.all.get()) {
      const entry = entryOf(journey, 'personas', persona.id);
      if (entry === undefined || (!primary && persona.id !== id)) continue;
      setPlain(entry, 'primary', primary && persona.id === id);
    }
  });
}

export function setPersonaList(
  journey: Journey,
  id: string,
  field: 'goals' | 'needs' | 'frustrations',
  items: readonly string[],
): void {
  const entry = entryOf(journey, 'personas', id);
  if (entry === undefined) return;
  act(journey, () => {
    const list = listOf(entry, field);
    const held = list.toArray();
    // Only what differs is written, so that two people who edit different lines keep both.
    let start = 0;
    while (start < held.length && start < items.length && held[start] === items[start]) start += 1;
    let end = 0;
    while (
      end < held.length - start &&
      end < items.length - start &&
      held[held.length - 1 - end] === items[items.length - 1 - end]
    ) {
      end += 1;
    }
    if (held.length - end > start) list.delete(start, held.length - end - start);
    if (items.length - end > start) list.insert(start, items.slice(start, items.length - end));
  });
}

/**
 * Deletes a persona and returns how many feelings were theirs. Those keep saying whose they were, so that an undo gives
 * them back whole; until then they count as everyone's, on screen and in the JSON form (MAP-26).
 */
export function removePersona(journey: Journey, id: string): number {
  let feelings = 0;
  for (const card of journey.cards()) {
    const kind = journey.lanes.get(card.lane)?.kind;
    if (card.persona === id && kind === 'emotion') feelings += 1;
  }
  act(journey, () => journey.root('personas').delete(id));
  return feelings;
}
