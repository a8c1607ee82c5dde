// The day a card was last touched (MAP-38): written by whatever changes one, in that transaction and nowhere else.
// Called by `write.ts` for every write of this client. A day and not a moment: it is what a review asks for, and a card
// edited a thousand times on one day carries one more value in the document, not a thousand.
import * as Y from 'yjs';
import type { Journey } from './journey';

const DAY = 86_400_000;

/** The day of a moment by this person's calendar, YYYY-MM-DD: a review is dated by one, too. */
export function dayOf(moment: Date): string {
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}

/** Marks the cards whose content or cell `transaction` changed. A card written in it has its `createdAt`. */
export function touch(journey: Journey, transaction: Y.Transaction, now = new Date()): void {
  const cards = new Set<Y.Map<unknown>>();
  for (const [type, fields] of transaction.changed) {
    const card = cardOf(journey.root('cards'), type);
    if (card === undefined) continue;
    // A neighbour that got a new key, or a new place within the cell, says nothing new.
    const isOwn = type.parent === journey.root('cards');
    if (!isOwn || [...fields].some((field) => field !== 'order')) cards.add(card);
  }
  const today = dayOf(now);
  const tomorrow = dayOf(new Date(now.getTime() + DAY));
  for (const card of cards) {
    if (!isTold(card, today, tomorrow)) card.set('lastTouched', today);
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
