// Somebody at a map, for tests of what is drawn: a page of its own with a board around whatever is to be tested.
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { MapConnection } from '../../sync/connection';
import type { Me } from '../../wire/types';
import { loadParts } from '../later';
import { BoardProvider } from '../map/BoardProvider';

export const ADA: Me = {
  map: 'test',
  participant: 'p1',
  role: 'participant',
  name: 'Ada',
  color: '#123456',
};

/** Draws `inside` on a board of this connection, and `beside` next to it; whoever calls unmounts the root. */
export async function sit(
  connection: MapConnection,
  inside: ReactNode,
  { me = ADA, beside = null }: { readonly me?: Me; readonly beside?: ReactNode } = {},
): Promise<Root> {
  // As for somebody who has looked at the map for a moment.
  await loadParts();
  const host = document.createElement('div');
  document.body.append(host);
  const root = createRoot(host);
  await act(async () => {
    root.render(
      <>
        <BoardProvider connection={connection} me={me}>
          {inside}
        </BoardProvider>
        {beside}
      </>,
    );
  });
  return root;
}
