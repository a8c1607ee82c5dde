// The map editor: the grid with its toolbar and details panel, for one open map and one person.
// The page mounts it once the connection is open; it fills the space it is given and scrolls inside.
import { type JSX, useEffect, useLayoutEffect, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import { setPresence } from '../../sync/presence';
import type { Me } from '../../wire/types';
import { Board } from './board';
import './grid.css';
import './card.css';
import './emotion.css';
import './presence.css';
import { EmptyMap } from './EmptyMap';
import { Keeper } from './Keeper';
import { KeysDialog } from './KeysDialog';
import { MapGrid } from './MapGrid';
import { MapPanel } from './panel/MapPanel';
import { Toolbar } from './Toolbar';
import { BoardContext, useBoard, usePart, useStore } from './use';

export { MapTitle } from './MapTitle';

export function MapEditor({
  connection,
  me,
}: {
  readonly connection: MapConnection;
  readonly me: Me;
}): JSX.Element {
  const [board, setBoard] = useState(() => new Board(connection, me));
  const watches = me.role === 'observer';
  if (board.connection !== connection || board.readOnly !== watches) {
    setBoard(new Board(connection, me));
  }
  useEffect(() => {
    // A new name signs what is written from now on; nobody loses their place over it.
    board.me = me;
  }, [board, me]);
  useEffect(() => board.people.follow(), [board]);
  useEffect(
    () => () => setPresence(connection, { focus: undefined, cursor: undefined, drag: undefined }),
    [connection],
  );
  const loaded = useLoaded(connection);
  return (
    <BoardContext value={board}>
      {loaded ? <Loaded /> : <div className="m-editor" aria-busy="true" />}
    </BoardContext>
  );
}

/** An empty document before the first sync says nothing about the map: nothing is shown of it until then. */
function useLoaded(connection: MapConnection): boolean {
  const [loaded, setLoaded] = useState<MapConnection | null>(null);
  useEffect(() => {
    let current = true;
    connection.whenLoaded
      .then(() => {
        if (current) setLoaded(connection);
      })
      // A map that cannot be loaded is the page's to explain.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [connection]);
  return loaded === connection;
}

function Loaded(): JSX.Element {
  const board = useBoard();
  const empty = usePart(
    board.journey.stages.ids,
    (stages) => stages.length === 0 && board.journey.lanes.ids.get().length === 0,
  );
  const noLanes = usePart(board.journey.lanes.ids, (lanes) => lanes.length === 0);
  useHistoryKeys(board);
  useLayoutEffect(() => {
    const [stage] = board.journey.stages.ids.get();
    const [lane] = board.journey.shownLanes.get();
    if (stage !== undefined && lane !== undefined && board.spot.get().kind === 'corner') {
      board.go({ kind: 'cell', lane, stage }, 'quiet');
    }
  }, [board]);
  return (
    <div className="m-editor">
      <div className="m-main">
        <Toolbar />
        {empty && noLanes ? <EmptyMap /> : <MapGrid />}
      </div>
      <MapPanel />
      <Keeper />
      <KeysDialog />
      <Announcer />
    </div>
  );
}

function Announcer(): JSX.Element {
  const board = useBoard();
  const message = useStore(board.message);
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {message}
    </div>
  );
}

/** Undo and redo from anywhere on the page but a field that has an undo of its own. */
function useHistoryKeys(board: Board): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (board.readOnly || event.defaultPrevented || event.altKey) return;
      if (!(event.ctrlKey || event.metaKey)) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest('input, textarea, [contenteditable]')) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) board.redo();
      else board.undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [board]);
}
