// What every write has in common: one transaction with origin LOCAL, and entries built as the schema asks.
// Used by `cards.ts`, `structure.ts` and the text fields; never called by the view directly.
import * as Y from 'yjs';
import { LOCAL } from '../sync/origin';
import type { EntryRoot, Journey, Root } from './journey';
import type { Placement } from './order';
import { touch } from './touch';

/** A plain JSON value, as yjs keeps it in a list. */
type Json = string | number | Json[] | { [key: string]: Json } | null;

/** Runs `change` as one transaction and one undo step of its own. */
export function act<T>(journey: Journey, change: () => T): T {
  journey.steps.boundary();
  try {
    return continueStep(journey, change);
  } finally {
    journey.steps.boundary();
  }
}

/** Runs `change` as one transaction that joins the step before it when it follows at once: typing. */
export function continueStep<T>(journey: Journey, change: () => T): T {
  return journey.doc.transact((transaction) => {
    const result = change();
    touch(journey, transaction);
    return result;
  }, LOCAL);
}

export function entryOf(journey: Journey, root: EntryRoot, id: string): Y.Map<unknown> | undefined {
  const entry = journey.root(root).get(id);
  return entry instanceof Y.Map ? entry : undefined;
}

/** A plain value; `undefined` takes the field away. Unchanged values are not written again. */
export function setPlain(entry: Y.Map<unknown>, field: string, value: unknown): void {
  if (value === undefined) {
    if (entry.has(field)) entry.delete(field);
    return;
  }
  if (entry.get(field) !== value) entry.set(field, value);
}

export function applyPlacement(
  journey: Journey,
  root: EntryRoot,
  entry: Y.Map<unknown>,
  placement: Placement,
): void {
  applyOrders(journey, root, placement.rekeyed);
  setPlain(entry, 'order', placement.order);
}

/** Gives neighbours the keys that make room. */
export function applyOrders(
  journey: Journey,
  root: EntryRoot,
  rekeyed: Placement['rekeyed'],
): void {
  for (const { id, order } of rekeyed) {
    const neighbour = entryOf(journey, root, id);
    if (neighbour !== undefined) setPlain(neighbour, 'order', order);
  }
}

/** A new entry with its texts and lists in place, so that two people who start at once share them. */
export function newEntry(
  texts: Readonly<Record<string, string>>,
  lists: Readonly<Record<string, readonly unknown[]>>,
  plain: Readonly<Record<string, unknown>>,
): Y.Map<unknown> {
  const entry = new Y.Map<unknown>();
  for (const [field, text] of Object.entries(texts)) entry.set(field, new Y.Text(text));
  for (const [field, list] of Object.entries(lists)) {
    entry.set(field, Y.Array.from(list as Json[]));
  }
  for (const [field, value] of Object.entries(plain)) {
    if (value !== undefined) entry.set(field, value);
  }
  return entry;
}

/** A Y.Array field, made now if it is missing or was written as something else. */
export function listOf(entry: Y.Map<unknown>, field: string): Y.Array<unknown> {
  const found = entry.get(field);
  if (found instanceof Y.Array) return found;
  const list = new Y.Array<unknown>();
  if (Array.isArray(found)) list.push(found);
  entry.set(field, list);
  return list;
}

/** A text field, made now if it is missing; a plain string of a foreign client becomes its content. */
export function textField(
  journey: Journey,
  root: Root,
  id: string,
  field: string,
): Y.Text | undefined {
  const holder = root === 'meta' ? journey.root('meta') : entryOf(journey, root, id);
  if (holder === undefined) return undefined;
  const found = holder.get(field);
  if (found instanceof Y.Text) return found;
  const text = new Y.Text(typeof found === 'string' ? found : '');
  holder.set(field, text);
  return text;
}
