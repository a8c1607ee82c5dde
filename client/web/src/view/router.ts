// Which screen an address shows, and going from one to another without loading the page anew.
import { useSyncExternalStore } from 'react';

/** The screens of one map, by the last part of their address; the grid itself has none. */
export const MAP_PARTS = [
  'grid',
  'opportunities',
  'report',
  'present',
  'versions',
  'compare',
] as const;
export type MapPart = (typeof MAP_PARTS)[number];

export function mapPath(map: string, part: MapPart = 'grid'): string {
  return part === 'grid' ? `/map/${map}` : `/map/${map}/${part}`;
}

/** The replay of a map, at a moment or where it begins. */
export function historyPath(map: string, seq?: number): string {
  return `/map/${map}/history${seq === undefined ? '' : `?at=${seq}`}`;
}

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'join'; readonly map: string }
  | { readonly screen: 'map'; readonly map: string; readonly part: MapPart }
  | { readonly screen: 'history'; readonly map: string }
  | { readonly screen: 'lost' };

export function readRoute(path: string): Route {
  if (path === '/') return { screen: 'home' };
  const [, screen, map, ...rest] = path.replace(/\/$/, '').split('/');
  // Any name a server may give, and nothing that could climb out of the path it is put into.
  if (map === undefined || rest.length > 1 || !/^[\w-]{1,128}$/.test(map)) {
    return { screen: 'lost' };
  }
  if (screen === 'join' && rest.length === 0) return { screen, map };
  if (screen === 'map' && rest[0] === 'history') return { screen: 'history', map };
  const part = rest.length === 0 ? 'grid' : MAP_PARTS.find((one) => one === rest[0]);
  const isGridByName = rest[0] === 'grid';
  return screen === 'map' && part !== undefined && !isGridByName
    ? { screen, map, part }
    : { screen: 'lost' };
}

const listeners = new Set<() => void>();
let visited = 0;

function tell(): void {
  visited += 1;
  for (const listener of [...listeners]) listener();
}

if (typeof window !== 'undefined') window.addEventListener('popstate', tell);

export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  // Where one already is takes no second entry: Back would lead nowhere.
  const isHere = to === location.pathname + location.search;
  if (how === 'push' && !isHere) history.pushState(null, '', to);
  else history.replaceState(null, '', to);
  if (how === 'push') window.scrollTo(0, 0);
  tell();
}

/** Takes the fragment out of the address bar, where links are copied from and seen on shared screens. */
export function dropFragment(): void {
  history.replaceState(null, '', location.pathname + location.search);
}

/** True once the person has moved inside the app: then a new screen takes the focus. */
export function hasMoved(): boolean {
  return visited > 0;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** What stands behind the path, with its question mark; empty when nothing does. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}
