// The map editor: the grid with its toolbar and details panel, for one open map and one person.
// The page mounts it inside a `BoardProvider`; it fills the space it is given and scrolls inside.
import { type JSX, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import './grid.css';
import './kinds.css';
import './toolbar.css';
import './card.css';
import './emotion.css';
import './presence.css';
import './selection.css';
import './bounds.css';
import { later, laterDialog } from '../later';
import { attachClipboard, bigPaste } from './clipboard';
import { EmptyMap } from './EmptyMap';
import { holdStill } from './hold';
import { Keeper } from './Keeper';
import { followAddress } from './looking/address';
import { FindBar } from './looking/FindBar';
import { LookBar } from './looking/LookBar';
import './looking/looking.css';
import { MapGrid } from './MapGrid';
import { MapPanel } from './panel/MapPanel';
import { openingOf } from './panel/opening';
import { attachPicking } from './picking';
import { PrintedMap } from './print/PrintedMap';
import { SelectionBar } from './SelectionBar';
import { Toolbar } from './Toolbar';
import { useBoard, usePart, useStore } from './use';

export { MapTitle } from './MapTitle';

export function MapEditor(): JSX.Element {
  const board = useBoard();
  useEffect(() => () => board.leaveGrid(), [board]);
  return useLoaded(board.connection) ? <Loaded /> : <div className="m-editor" aria-busy="true" />;
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
  const main = useRef<HTMLDivElement>(null);
  const noLanes = usePart(board.journey.lanes.ids, (lanes) => lanes.length === 0);
  const isBare = empty && noLanes;
  useLayoutEffect(() => {
    const [stage] = board.journey.stages.ids.get();
    const [lane] = board.looking.lanes.get();
    if (stage !== undefined && lane !== undefined && board.spot.get().kind === 'corner') {
      board.go({ kind: 'cell', lane, stage }, 'quiet');
    }
    board.arrive();
    board.share();
  }, [board]);
  useEffect(() => {
    const element = main.current;
    if (element === null) return undefined;
    const stopClipboard = attachClipboard(board, element);
    const stopPicking = attachPicking(board, element);
    return () => {
      stopClipboard();
      stopPicking();
    };
  }, [board]);
  useEffect(() => {
    const scroller = main.current?.querySelector<HTMLElement>('.m-scroller');
    if (isBare || !scroller || board.grid === null) return undefined;
    const hold = holdStill(board, scroller, board.grid);
    board.hold = hold;
    return () => {
      hold.stop();
      board.hold = null;
    };
  }, [board, isBare]);
  useEffect(() => followAddress(board.looking), [board]);
  return (
    <div className="m-editor">
      <div className="m-main" ref={main}>
        <Toolbar />
        <LookBar />
        <FindBar />
        <SelectionBar />
        {isBare ? <EmptyMap /> : <MapGrid />}
      </div>
      <MapPanel />
      <Keeper />
      <Dialogs />
      <PrintedMap />
    </div>
  );
}

const PersonasDialog = laterDialog(async () => (await import('./PersonasDialog')).PersonasDialog);
const BigPasteDialog = later(async () => (await import('./BigPasteDialog')).BigPasteDialog);

function Dialogs(): JSX.Element {
  const board = useBoard();
  const isPersonas = useStore(openingOf(board).personasShown);
  const isBigPaste = useStore(bigPaste) !== null;
  return (
    <>
      <PersonasDialog isOpen={isPersonas} />
      {isBigPaste ? <BigPasteDialog /> : null}
    </>
  );
}
