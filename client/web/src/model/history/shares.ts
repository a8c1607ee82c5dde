// Who did how much of what in some sessions, and who was not heard. Pure.
import type { HistoryReport, Layer, PersonReport, SessionReport } from '../../wire/history';

export const LAYERS: readonly Layer[] = [
  'interactions',
  'behaviour',
  'experience',
  'strategy',
  'blueprint',
  'any',
];

export interface Counts {
  readonly written: number;
  readonly changed: number;
  readonly commented: number;
}

export interface Contribution {
  readonly who: string;
  readonly byLayer: ReadonlyMap<Layer, Counts>;
  readonly all: Counts;
}

export interface Contributions {
  /** Most first. */
  readonly people: readonly Contribution[];
  /** Layers in which anybody did anything. */
  readonly layers: readonly Layer[];
  /** Who had joined by then and did nothing of it under their name. Who was connected is in no journal. */
  readonly unheard: readonly PersonReport[];
}

const NONE: Counts = { written: 0, changed: 0, commented: 0 };

export function sumOf({ written, changed, commented }: Counts): number {
  return written + changed + commented;
}

export function contributions(
  history: Pick<HistoryReport, 'people'>,
  sessions: readonly SessionReport[],
): Contributions {
  const all = new Map<string, Map<Layer, Counts>>();
  for (const { who, layer, ...counts } of sessions.flatMap(({ shares }) => shares)) {
    const layers = all.get(who) ?? new Map<Layer, Counts>();
    layers.set(layer, plus(layers.get(layer) ?? NONE, counts));
    all.set(who, layers);
  }
  const people = [...all].map(([who, byLayer]) => ({
    who,
    byLayer,
    all: [...byLayer.values()].reduce(plus, NONE),
  }));
  const there = new Set(sessions.flatMap((session) => session.there));
  return {
    people: people.sort((a, b) => sumOf(b.all) - sumOf(a.all) || (a.who < b.who ? -1 : 1)),
    layers: LAYERS.filter((layer) => people.some(({ byLayer }) => byLayer.has(layer))),
    unheard: history.people.filter(({ id }) => there.has(id) && !all.has(id)),
  };
}

function plus(a: Counts, b: Counts): Counts {
  return {
    written: a.written + b.written,
    changed: a.changed + b.changed,
    commented: a.commented + b.commented,
  };
}
