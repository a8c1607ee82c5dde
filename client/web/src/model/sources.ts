// Write operations on the sources of a card, each one transaction and one undo step.
// Sources have no ids and two people may change the list at once: each is found again by what it said, not by its place.
// They are written field by field onto what is held, so that fields of other clients stay (MAP-4).
import type * as Y from 'yjs';
import type { Source } from './entities';
import type { Journey } from './journey';
import { readSource } from './read';
import { act, entryOf, listOf } from './write';

export function addSource(journey: Journey, card: string, source: Source): void {
  change(journey, card, (list) => list.push([{ ...source }]));
}

/** Changes the source that reads as `seen`. Does nothing when somebody else changed or removed it meanwhile. */
export function editSource(journey: Journey, card: string, seen: Source, next: Source): void {
  change(journey, card, (list) => {
    const index = placeOf(list, seen);
    if (index < 0) return;
    const { kind: _, title: __, url: ___, quote: ____, ...unknown } = record(list.get(index));
    list.delete(index, 1);
    list.insert(index, [{ ...next, ...unknown }]);
  });
}

/** Moves the source that reads as `seen` one place up or down. Returns whether it moved. */
export function moveSource(journey: Journey, card: string, seen: Source, by: -1 | 1): boolean {
  return change(journey, card, (list) => {
    const index = placeOf(list, seen);
    const to = index + by;
    if (index < 0 || to < 0 || to >= list.length) return false;
    const held = record(list.get(index));
    list.delete(index, 1);
    list.insert(to, [held]);
    return true;
  });
}

export function removeSource(journey: Journey, card: string, seen: Source): void {
  change(journey, card, (list) => {
    const index = placeOf(list, seen);
    if (index >= 0) list.delete(index, 1);
  });
}

function change<T>(
  journey: Journey,
  card: string,
  write: (list: Y.Array<unknown>) => T,
): T | false {
  const entry = entryOf(journey, 'cards', card);
  if (entry === undefined) return false;
  return act(journey, () => write(listOf(entry, 'sources')));
}

function placeOf(list: Y.Array<unknown>, seen: Source): number {
  return list.toArray().findIndex((item) => {
    const held = readSource(item);
    return held !== undefined && sameSource(held, seen);
  });
}

export function sameSource(a: Source, b: Source): boolean {
  return a.kind === b.kind && a.title === b.title && a.url === b.url && a.quote === b.quote;
}

/** What a list holds, as the plain object it is in the JSON form. */
function record(item: unknown): Record<string, string> {
  const plain: unknown =
    typeof item === 'object' && item !== null && 'toJSON' in item
      ? (item as { toJSON(): unknown }).toJSON()
      : item;
  return typeof plain === 'object' && plain !== null
    ? { ...(plain as Record<string, string>) }
    : {};
}
