// Tells what became of a brainstorm that is over: which cards of the map its reveal has brought (DRAFT-4), or that none came. The end is told by
// the shared view and the cards come with the document, in either order. The map is watched from the beginning on, because a card that
// was there before is no news. Called by the view while it shows a brainstorm.
import type { Journey } from '../model/journey';
import type { Store } from '../sync/store';
import type { BrainstormView, Shared } from '../wire/channel';

export interface RevealListener {
  revealed(cards: readonly string[]): void;
  /** It ended, and nothing came of it. */
  ended(): void;
}

/** How long after the end the cards may still be under way. Milliseconds. */
export const PATIENCE = 5000;

interface End {
  readonly brainstorm: BrainstormView;
  /** The server's clock when it said so. */
  readonly now: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

export function watchReveal(
  journey: Journey,
  shared: Store<Shared | null>,
  listener: RevealListener,
): () => void {
  let known: Set<string> | undefined;
  let fresh = new Set<string>();
  let brainstorm: BrainstormView | undefined;
  let end: End | undefined;

  const onView = (): void => {
    const view = shared.get();
    if (view === null || view.brainstorm?.began === brainstorm?.began) return;
    const before = brainstorm;
    brainstorm = view.brainstorm;
    if (before !== undefined) finish(before, view.now);
    if (brainstorm !== undefined && known === undefined) {
      known = new Set(Array.from(journey.cards(), ({ id }) => id));
    }
  };
  const finish = (before: BrainstormView, now: number): void => {
    clearTimeout(end?.timer);
    const timer = setTimeout(() => {
      forget();
      listener.ended();
    }, PATIENCE);
    end = { brainstorm: before, now, timer };
    look();
  };
  const onMap = (): void => {
    if (known === undefined) return;
    for (const id of journey.lastCards) {
      if (known.has(id) || journey.card(id).get() === undefined) continue;
      known.add(id);
      if (journey.isOthers) fresh.add(id);
    }
    look();
  };
  const look = (): void => {
    if (end === undefined) return;
    const cards = revealedIn(journey, fresh, end);
    if (cards.length === 0) return;
    clearTimeout(end.timer);
    forget();
    listener.revealed(cards);
  };
  const forget = (): void => {
    end = undefined;
    fresh = new Set();
    if (brainstorm === undefined) known = undefined;
  };
  const stops = [shared.subscribe(onView), journey.changes.subscribe(onMap)];
  onView();
  return () => {
    for (const stop of stops) stop();
    clearTimeout(end?.timer);
  };
}

/**
 * All cards of a reveal are of one moment, which lies in the brainstorm's time or at its end; unsigned ones name no author, as no card does
 * that somebody writes in a client of ours.
 */
function revealedIn(
  journey: Journey,
  fresh: ReadonlySet<string>,
  { brainstorm: { began, setup }, now }: End,
): readonly string[] {
  const moments = new Map<string, string[]>();
  for (const id of fresh) {
    const card = journey.card(id).get();
    if (card?.createdAt === undefined) continue;
    const at = Date.parse(card.createdAt);
    const isUnsigned = (card.author ?? '') === '';
    // A card that somebody has just written looks like a reveal of one; it would have to be of the same seconds, too.
    const isNear = Math.abs(now - at) < PATIENCE;
    if (!(at >= began - 1000) || isUnsigned === setup.signed || (setup.signed && !isNear)) continue;
    const mates = moments.get(card.createdAt);
    if (mates === undefined) moments.set(card.createdAt, [id]);
    else mates.push(id);
  }
  const [most] = [...moments.values()].sort((a, b) => b.length - a.length);
  return most ?? [];
}
