// Write operations on stages, lanes, personas and the map itself, each one transaction and one undo step.
// Called by the view. Deleting a stage or lane takes its cards along, and one undo brings all of it back.
import { deleteCards } from './cards';
import type { Entry } from './entities';
import { newId } from './ids';
import type { EntryRoot, Journey } from './journey';
import { LANE_WORDS, type LaneKind, type MapKind } from './kinds';
import { placeAt } from './order';
import { act, applyPlacement, entryOf, listOf, newEntry, setPlain } from './write';

function sorted(journey: Journey, root: 'stages' | 'lanes'): readonly Entry[] {
  return root === 'stages' ? journey.stages.all.get() : journey.lanes.all.get();
}

/** Adds a stage at `index` (0…length) and returns its id. */
export function addStage(journey: Journey, index: number, title = ''): string {
  return add(journey, 'stages', index, newEntryOf({ title, description: '' }, {}));
}

/** Adds a lane of a kind at `index` (0…length) and returns its id. */
export function addLane(journey: Journey, index: number, kind: LaneKind): string {
  const taken = journey.lanes.all.get().filter((lane) => lane.kind === kind).length;
  const title = taken === 0 ? LANE_WORDS[kind].title : `${LANE_WORDS[kind].title} ${taken + 1}`;
  return add(journey, 'lanes', index, newEntryOf({ title }, { kind, hidden: false }));
}

function newEntryOf(texts: Record<string, string>, plain: Record<string, unknown>) {
  return () => newEntry(texts, {}, plain);
}

function add(
  journey: Journey,
  root: 'stages' | 'lanes',
  index: number,
  make: () => ReturnType<typeof newEntry>,
): string {
  const id = newId();
  act(journey, () => {
    const placement = placeAt(sorted(journey, root), index);
    const entry = make();
    journey.root(root).set(id, entry);
    applyPlacement(journey, root, entry, placement);
  });
  return id;
}

/** Moves a stage or lane to `index` among the others. Returns whether anything changed. */
export function moveEntry(
  journey: Journey,
  root: 'stages' | 'lanes',
  id: string,
  index: number,
): boolean {
  const entry = entryOf(journey, root, id);
  const entries = sorted(journey, root);
  if (entry === undefined || entries.findIndex((other) => other.id === id) === index) return false;
  const others = entries.filter((other) => other.id !== id);
  act(journey, () => applyPlacement(journey, root, entry, placeAt(others, index)));
  return true;
}

export function setHidden(journey: Journey, lane: string, hidden: boolean): void {
  const entry = entryOf(journey, 'lanes', lane);
  if (entry !== undefined) act(journey, () => setPlain(entry, 'hidden', hidden));
}

/** Deletes a stage or lane with its cards; returns how many cards went with it. */
export function removeEntry(journey: Journey, root: 'stages' | 'lanes', id: string): number {
  const field = root === 'stages' ? 'stage' : 'lane';
  const cards = [...journey.cards()].filter((card) => card[field] === id).map((card) => card.id);
  act(journey, () => {
    deleteCards(journey, new Set(cards));
    journey.root(root).delete(id);
  });
  return cards.length;
}

/** Adds a persona; the first one is primary. Returns its id. */
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

/** Makes one persona primary and the others not. */
export function setPrimary(journey: Journey, id: string): void {
  act(journey, () => {
    for (const persona of journey.personas.all.get()) {
      const entry = entryOf(journey, 'personas', persona.id);
      if (entry !== undefined) setPlain(entry, 'primary', persona.id === id);
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

export function removePersona(journey: Journey, id: string): void {
  removeFrom(journey, 'personas', id);
}

function removeFrom(journey: Journey, root: EntryRoot, id: string): void {
  act(journey, () => journey.root(root).delete(id));
}

export function setMapKind(journey: Journey, kind: MapKind): void {
  act(journey, () => setPlain(journey.root('meta'), 'kind', kind));
}

export function setMapOwner(journey: Journey, owner: string): void {
  const value = owner.trim() === '' ? undefined : owner.trim();
  act(journey, () => setPlain(journey.root('meta'), 'owner', value));
}
