// The map editor on a sample map, without a server: for looking at it and for driving it in a browser.
// `?map=renting-a-flat.current&role=observer&people=3&cards=300`; served by `npm run dev` at /dev/map.html, never built.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as Y from 'yjs';
import '../src/styles/base.css';
import type { MapJson } from '../src/model/testing/desk';
import { table } from '../src/model/testing/table';
import { setPresence } from '../src/sync/presence';
import { BoardProvider } from '../src/view/map/BoardProvider';
import { MapEditor, MapTitle } from '../src/view/map/MapEditor';
import { Announcer, Toasts } from '../src/view/ui';
import type { Me, Role } from '../src/wire/types';

const asked = new URLSearchParams(location.search);
const name = asked.get('map') ?? 'renting-a-flat.current';
const samples = import.meta.glob<MapJson>('../../../protocol/samples/*.json', {
  import: 'default',
});

const { connection, other } = table(fill());

async function fill(): Promise<MapJson> {
  const found = Object.entries(samples).find(([path]) => path.endsWith(`/${name}.json`));
  if (found === undefined) return {};
  return inflated(await found[1](), Number(asked.get('cards') ?? 0));
}

/** The map with its cards repeated until there are `count`. */
function inflated(map: MapJson, count: number): MapJson {
  const cards = map.cards as readonly Record<string, unknown>[];
  if (count <= cards.length) return map;
  return {
    ...map,
    cards: Array.from({ length: count }, (_, index) => {
      const card = cards[index % cards.length] ?? {};
      return index < cards.length ? card : { ...card, id: `${String(card.id)}-${index}` };
    }),
  };
}

const role = (asked.get('role') ?? 'participant') as Role;
const me: Me = { map: 'dev', participant: 'p1', role, name: 'Ada Lindqvist', color: '#2c62b5' };

const PEOPLE = [
  { id: 'p2', name: 'Ben Okafor', color: '#b4472f' },
  { id: 'p3', name: 'Chiara', color: '#8a45a8' },
  { id: 'p4', name: 'Dmitri', color: '#4f7322' },
] as const;

const seats = PEOPLE.slice(0, Number(asked.get('people') ?? 0)).map((user, index) => {
  const states = connection.awareness.states as Map<number, Record<string, unknown>>;
  return {
    sit(state: Record<string, unknown>): void {
      states.set(1000 + index, { user, ...state });
      connection.awareness.emit('change', [
        { added: [], updated: [1000 + index], removed: [] },
        'dev',
      ]);
    },
  };
});
setPresence(connection, { user: { id: me.participant, name: me.name, color: me.color } });

Object.assign(window, { cairn: { doc: connection.doc, other: other.doc, connection, seats, Y } });

const root = document.getElementById('root');
if (root === null) throw new Error('map.html has no #root');
createRoot(root).render(
  <StrictMode>
    <div style={{ display: 'flex', flexDirection: 'column', height: '100dvh' }}>
      <header
        style={{
          display: 'flex',
          alignItems: 'center',
          height: 56,
          flex: 'none',
          padding: '0 12px',
          borderBottom: '1px solid var(--line)',
          background: 'var(--surface)',
        }}
      >
        <MapTitle connection={connection} me={me} />
      </header>
      <main style={{ display: 'flex', flex: 1, minHeight: 0 }}>
        <BoardProvider connection={connection} me={me}>
          <MapEditor />
        </BoardProvider>
      </main>
      <Toasts />
      <Announcer />
    </div>
  </StrictMode>,
);
