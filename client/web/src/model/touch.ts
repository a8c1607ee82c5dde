// The day a card was last touched (MAP-38): written by whatever changes one, in that transaction and nowhere else.
// Called by `write.ts` for every write of this client. A day and not a moment: it is what a review asks for, and a card
// edited a thousand times on one day carries one more value in the document, not a thousand.
import * as Y from 'yjs';
import type { Journey } from './journey';
import { today as dayOf } from './review';

const DAY = 86_400_000;

/**
 * Marks the cards whose content or cell `transaction` changed, and those it wrote unless they were written today: a copy, or
 * a card put back, keeps its `createdAt`.
 */
export function touch(journey: Journey, transaction: Y.Transaction, now = new Date()): void {
  const root = journey.root('cards');
  const cards = new Set<unknown>();
  for (const [type, fields] of transaction.changed) {
    if (Object.is(type, root)) for (const id of fields) cards.add(root.get(id ?? ''));
    // A neighbour that got a new key, or a new place within the cell, says nothing new.
    const isOwn = Object.is(type.parent, root);
    if (!isOwn || [...fields].some((field) => field !== 'order')) cards.add(cardOf(root, type));
  }
  // By this person's calendar, as a review is dated.
  const today = dayOf(now);
  const tomorrow = dayOf(new Date(now.getTime() + DAY));
  for (const card of cards) {
    if (card instanceof Y.Map && !isTold(card, today, tomorrow)) card.set('lastTouched', today);
  }
}

/** Whether the card already says that it was changed, or written, today. */
function isTold(card: Y.Map<unknown>, today: string, tomorrow: string): boolean {
  const [touched, created] = [card.get('lastTouched'), card.get('createdAt')];
  // Around the globe it is today and tomorrow at once, and nobody is to overwrite the other all day. A year ahead is a
  // clock that was wrong.
  if (typeof touched === 'string') return touched >= today && touched <= tomorrow;
  return typeof created === 'string' && dayOf(new Date(created)) === today;
}

/** The entry in `root` that `type` is or lies in. */
function cardOf(root: Y.Map<unknown>, type: unknown): Y.Map<unknown> | undefined {
  if (!(type instanceof Y.AbstractType)) return undefined;
  const { parent } = type;
  if (parent === root) return type instanceof Y.Map ? type : undefined;
  return parent instanceof Y.Map && parent.parent === root ? parent : undefined;
}
