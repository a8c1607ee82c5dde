// The maps this browser may open, for links from one map to another. Asked for when something wants to show a link; without
// an answer (no network, no rights) there are simply none to link to.
import { createStore } from '../sync/store';
import { listMaps } from '../wire/api';
import type { MapEntry } from '../wire/types';

export const maps = createStore<readonly MapEntry[]>([]);

/** Whether this browser has host authority, as far as it was asked. */
export const isHost = createStore(false);

let asking = false;

export function refreshMaps(): void {
  if (asking || !navigator.onLine) return;
  asking = true;
  listMaps()
    .then(
      (answer) => {
        maps.set(answer.maps);
        isHost.set(answer.mayCreate);
      },
      () => undefined,
    )
    .finally(() => {
      asking = false;
    });
}

/**
 * The map a person means: from a map's or an invite's link its name and nothing else (an invite's token must not end up in a
 * map); any other words as they are, since a map may be named that lives elsewhere.
 */
export function namedMap(text: string): string {
  const trimmed = text.trim();
  const found = /^(?:https?:\/\/[^/\s]+)?\/(?:map|join)\/([\w-]{1,128})(?:[/#?]|$)/i.exec(trimmed);
  return found?.[1] ?? trimmed;
}
