// For tests and the development page only: documents filled with JSON maps, and two people who edit side by side.
// `load` knows the schema but none of the import rules; the real importer is the server's.
import * as Y from 'yjs';
import { type Journey, openJourney } from '../journey';
import { newEntry } from '../write';

export interface MapJson {
  readonly [field: string]: unknown;
}

const TEXTS: Record<string, readonly string[]> = {
  personas: ['name', 'role', 'quote', 'bio'],
  stages: ['title', 'description'],
  lanes: ['title'],
  cards: ['text'],
  comments: ['text'],
};
const LISTS: Record<string, readonly string[]> = {
  personas: ['goals', 'needs', 'frustrations'],
  cards: ['sources'],
};

/** Fills an empty document with a map in the JSON form, in one transaction of origin `load`. */
export function load(doc: Y.Doc, map: MapJson): void {
  doc.transact(() => {
    const meta = doc.getMap('meta');
    for (const field of ['title', 'scenario', 'goal']) {
      meta.set(field, new Y.Text(String(map[field] ?? '')));
    }
    for (const field of ['kind', 'owner', 'review', 'currentState']) {
      if (map[field] !== undefined && map[field] !== null) meta.set(field, map[field]);
    }
    const laneKinds = new Map(
      rows(map.lanes).map((lane) => [String(lane.id), String(lane.kind)] as const),
    );
    for (const root of ['personas', 'stages', 'lanes', 'cards', 'comments']) {
      rows(map[root]).forEach((row, index) => {
        const { id, ...fields } = row;
        const kind = laneKinds.get(String(row.lane));
        const texts = [
          ...(TEXTS[root] ?? []),
          ...(root === 'cards' && (kind === 'expectation' || 'actual' in row) ? ['actual'] : []),
          ...(root === 'cards' && (kind === 'emotion' || 'quote' in row) ? ['quote'] : []),
        ];
        const lists = [
          ...(LISTS[root] ?? []),
          ...(root === 'cards' && (kind === 'opportunity' || 'addresses' in row)
            ? ['addresses']
            : []),
        ];
        const plain = Object.fromEntries(
          Object.entries(fields).filter(
            ([name, value]) => !texts.includes(name) && !lists.includes(name) && value !== null,
          ),
        );
        const entry = newEntry(
          Object.fromEntries(texts.map((name) => [name, String(row[name] ?? '')])),
          Object.fromEntries(lists.map((name) => [name, (row[name] ?? []) as unknown[]])),
          { ...plain, order: orderAt(index) },
        );
        doc.getMap(root).set(String(id), entry);
      });
    }
  }, 'load');
}

function rows(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}

/** "b00", "b01", …: valid keys of one length, in order, for up to 3,844 rows. */
function orderAt(index: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  return `b${digits[Math.floor(index / 62)] ?? ''}${digits[index % 62] ?? ''}`;
}

/** Two lanes of two kinds and two stages; cards "a", "b", "c" in the cell of `pains` and `first`. */
export const SMALL_MAP: MapJson = {
  title: 'Small',
  kind: 'current-state',
  stages: [
    { id: 'first', title: 'First' },
    { id: 'second', title: 'Second' },
  ],
  lanes: [
    { id: 'pains', kind: 'pain', title: 'Pains' },
    { id: 'ideas', kind: 'opportunity', title: 'Ideas' },
  ],
  cards: [
    { id: 'a', lane: 'pains', stage: 'first', text: 'A' },
    { id: 'b', lane: 'pains', stage: 'first', text: 'B' },
    { id: 'c', lane: 'pains', stage: 'first', text: 'C' },
  ],
};

export function alone(map: MapJson = SMALL_MAP): Journey {
  const doc = new Y.Doc();
  load(doc, map);
  return openJourney(doc);
}

export interface Pair {
  readonly ada: Journey;
  readonly ben: Journey;
  /** Exchanges everything both have, both ways. */
  sync(): void;
}

/** Two people with the same map; nothing passes between them until `sync`. */
export function pair(map: MapJson = SMALL_MAP): Pair {
  const left = new Y.Doc();
  const right = new Y.Doc();
  left.clientID = 1;
  right.clientID = 2;
  load(left, map);
  const sync = (): void => {
    const toRight = Y.encodeStateAsUpdate(left, Y.encodeStateVector(right));
    const toLeft = Y.encodeStateAsUpdate(right, Y.encodeStateVector(left));
    Y.applyUpdate(right, toRight, 'remote');
    Y.applyUpdate(left, toLeft, 'remote');
  };
  sync();
  return { ada: openJourney(left), ben: openJourney(right), sync };
}
