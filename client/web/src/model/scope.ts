// Write operations on the map itself: its kind, who keeps it, when it is reviewed, what it improves on. One undo step each.
// Called by the view. The map's free texts are written through `text/field.ts`.
import type { Review } from './entities';
import type { Journey } from './journey';
import type { MapKind } from './kinds';
import { act, setPlain } from './write';

export function setMapKind(journey: Journey, kind: MapKind): void {
  act(journey, () => setPlain(journey.root('meta'), 'kind', kind));
}

export function setMapOwner(journey: Journey, owner: string): void {
  const value = owner.trim() === '' ? undefined : owner.trim();
  act(journey, () => setPlain(journey.root('meta'), 'owner', value));
}

/** Sets some fields of the review; `undefined` takes one away. The others, unknown ones too, stay (MAP-4). */
export function setReview(
  journey: Journey,
  fields: { readonly [K in keyof Review]?: Review[K] | undefined },
): void {
  const meta = journey.root('meta');
  const held: unknown = meta.toJSON().review;
  const next: Record<string, unknown> = {
    ...(typeof held === 'object' && held !== null && !Array.isArray(held) ? held : {}),
    ...fields,
  };
  for (const [field, value] of Object.entries(next)) if (value === undefined) delete next[field];
  act(journey, () => {
    setPlain(meta, 'review', Object.keys(next).length === 0 ? undefined : next);
  });
}

/** "Reviewed, unchanged": somebody looked at the map and it still holds. `day` is YYYY-MM-DD. */
export function markReviewed(journey: Journey, day: string, by: string): void {
  setReview(journey, { lastReviewed: day, by });
}

/** Names the map this one improves on; `undefined` takes the link away. */
export function setCurrentState(journey: Journey, map: string | undefined): void {
  act(journey, () => setPlain(journey.root('meta'), 'currentState', map));
}
