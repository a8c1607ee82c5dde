// Write operations on stages and lanes, each one transaction and one undo step.
// Called by the view. Deleting a stage or lane takes its cards along, and one undo brings all of it back.
import { deleteCards, textsOf } from './cards';
import { placeCopies } from './copies';
import { byOrder, type Entry } from './entities';
import { newId } from './ids';
import type { Journey } from './journey';
import { LANE_WORDS, type LaneKind } from './kinds';
import { placeAt } from './order';
import { act, applyPlacement, entryOf, listOf, newEntry, setPlain, textField } from './write';

function sorted(journey: Journey, root: 'stages' | 'lanes'): readonly Entry[] {
  return root === 'stages' ? journey.stages.all.get() : journey.lanes.all.get();
}

/** Adds a stage at `index` (0…length) and returns its id. */
export function addStage(journey: Journey, index: number, title = ''): string {
  return add(journey, 'stages', index, newEntryOf({ title, description: '' }, {}));
}

/** Adds a lane of a kind at `index` (0…length) and returns its id. Without a title it is named after its kind. */
export function addLane(journey: Journey, index: number, kind: LaneKind, title?: string): string {
  const taken = journey.lanes.all.get().filter((lane) => lane.kind === kind).length;
  const usual = LANE_WORDS[kind].title;
  const named = title ?? (taken === 0 ? usual : `${usual} ${taken + 1}`);
  return add(journey, 'lanes', index, newEntryOf({ title: named }, { kind, hidden: false }));
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

/** Writes a stage or lane again right after itself, with copies of its cards. Returns the new one's id. */
export function duplicateEntry(
  journey: Journey,
  root: 'stages' | 'lanes',
  id: string,
): string | undefined {
  const stage = journey.stages.get(id);
  const lane = journey.lanes.get(id);
  const texts =
    root === 'stages'
      ? stage && { title: stage.title, description: stage.description }
      : lane && { title: lane.title };
  if (texts === undefined) return undefined;
  const index = journey[root].ids.get().indexOf(id) + 1;
  const plain = root === 'lanes' ? { kind: lane?.kind, hidden: lane?.hidden } : {};
  return act(journey, () => {
    const twin = add(journey, root, index, newEntryOf(texts, plain));
    const field = root === 'stages' ? 'stage' : 'lane';
    const copies = [...journey.cards()]
      .filter((card) => card[field] === id)
      .sort(byOrder)
      .map((card) => ({ card, lane: card.lane, stage: card.stage, [field]: twin }));
    placeCopies(journey, copies, (of) => journey.lanes.get(of === twin ? id : of)?.kind ?? 'note');
    return twin;
  });
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

/**
 * Makes a lane one of another kind. Its cards keep every field they have, so that changing back loses nothing; what cards
 * of the new kind share is put in place at once, so that two people who start at once share it.
 */
export function setLaneKind(journey: Journey, lane: string, kind: LaneKind): void {
  const entry = entryOf(journey, 'lanes', lane);
  const before = journey.lanes.get(lane);
  if (entry === undefined || before === undefined || before.kind === kind) return;
  const cards = journey.laneCards(lane).get();
  act(journey, () => {
    setPlain(entry, 'kind', kind);
    // A title nobody chose follows the kind.
    if (before.title === LANE_WORDS[before.kind].title) {
      const title = textField(journey, 'lanes', lane, 'title');
      title?.delete(0, title.length);
      title?.insert(0, LANE_WORDS[kind].title);
    }
    for (const { id } of cards) {
      for (const field of Object.keys(textsOf(kind))) textField(journey, 'cards', id, field);
      const card = entryOf(journey, 'cards', id);
      if (card !== undefined && kind === 'opportunity') listOf(card, 'addresses');
    }
  });
}
