// One's way of looking in the address, so that a reload keeps it and a link shows it. Pure but for `followAddress`.
// Searching is not in it: what somebody looks up for a moment is nothing to send around.
import { type Filter, LAYERS } from '../../../model/filter';
import type { Looking, Overlay } from './looking';

export interface Look {
  readonly filter: Filter;
  readonly overlay: Overlay;
}

const FIELDS = ['layers', 'personas', 'overlay'] as const;

const wordOf = (layer: string): string => layer.toLowerCase();

/** Anyone may have written an address: what it names and nobody knows is passed over. */
export function readLook(search: string): Look {
  const params = new URLSearchParams(search);
  const list = (field: string): readonly string[] => (params.get(field) ?? '').split(',');
  const overlay = params.get('overlay');
  return {
    filter: {
      layers: LAYERS.filter((layer) => list('layers').includes(wordOf(layer))),
      personas: [...new Set(list('personas'))].filter((id) => /^[\w-]{1,64}$/.test(id)),
    },
    overlay: overlay === 'evidence' || overlay === 'age' ? overlay : 'none',
  };
}

/** The address's search with this look in it; what else stands there stays. */
export function writeLook(search: string, { filter, overlay }: Look): string {
  const params = new URLSearchParams(search);
  for (const field of FIELDS) params.delete(field);
  if (filter.layers.length > 0) params.set('layers', filter.layers.map(wordOf).join(','));
  if (filter.personas.length > 0) params.set('personas', filter.personas.join(','));
  if (overlay !== 'none') params.set('overlay', overlay);
  // Commas need no escape in a query, and a person may read this.
  const written = params.toString().replaceAll('%2C', ',');
  return written === '' ? '' : `?${written}`;
}

/**
 * Keeps the address of the grid as one looks at it. A person who comes back to the grid from another screen finds it as
 * they left it; an address that says otherwise (a link, a step back in history) counts.
 */
export function followAddress(looking: Looking): () => void {
  const write = (): void => {
    const search = writeLook(location.search, {
      filter: looking.filter.get(),
      overlay: looking.overlay.get(),
    });
    if (search === location.search) return;
    history.replaceState(history.state, '', location.pathname + search + location.hash);
  };
  const read = (): void => {
    const params = new URLSearchParams(location.search);
    if (!FIELDS.some((field) => params.has(field))) {
      write();
      return;
    }
    const { filter, overlay } = readLook(location.search);
    looking.filter.set(filter);
    looking.overlay.set(overlay);
  };
  read();
  const stops = [looking.filter.subscribe(write), looking.overlay.subscribe(write)];
  window.addEventListener('popstate', read);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('popstate', read);
  };
}
