// Where other people's pointers are, written straight to the elements: thirty moving pointers must cost no React work but when
// somebody comes or goes. A pointer over a cell is shown over that cell, wherever it is here: people have windows of their own,
// zooms and filters. Over a lane that does not show here it is not shown.
import { type JSX, useEffect, useRef } from 'react';
import { type Peer, type PresenceCursor, presenceStore, setPresence } from '../../sync/presence';
import { readableOn } from '../ui';
import type { Board } from './board';
import { cellSpotKey } from './spot';
import { useBoard } from './use';

/** Least time between two positions told to others. Milliseconds. */
const INTERVAL = 80;

export function Cursors(): JSX.Element {
  const board = useBoard();
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = layer.current;
    const sheet = element?.parentElement;
    if (!element || !sheet) return undefined;
    const stopDrawing = draw(element, board);
    const stopTelling = tell(sheet, board);
    return () => {
      stopDrawing();
      stopTelling();
    };
  }, [board]);
  return <div className="m-cursors" ref={layer} aria-hidden="true" />;
}

function draw(layer: HTMLElement, board: Board): () => void {
  const peers = presenceStore(board.connection);
  const self = board.me.participant;
  const shown = new Map<number, HTMLElement>();
  let frame = 0;
  const update = (): void => {
    frame = 0;
    const present = new Set<number>();
    // In the layer's own pixels, which the zoom makes larger or smaller together with the map.
    const width = layer.offsetWidth;
    const shownPeers = peers
      .get()
      .filter((peer) => peer.cursor !== undefined && peer.user.id !== self);
    // All is measured before anything is moved.
    const cells = cellsOf(layer, shownPeers);
    const origin = layer.getBoundingClientRect();
    const zoom = width === 0 ? 1 : origin.width / width;
    for (const peer of shownPeers) {
      const at = placeOf(peer.cursor, cells, origin);
      if (at === undefined) continue;
      present.add(peer.clientId);
      const element = shown.get(peer.clientId) ?? cursorOf(peer);
      if (!shown.has(peer.clientId)) {
        shown.set(peer.clientId, element);
        layer.append(element);
      }
      element.style.transform = `translate(${at.x / zoom}px, ${at.y / zoom}px)`;
    }
    for (const [id, element] of shown) {
      if (present.has(id)) continue;
      element.remove();
      shown.delete(id);
    }
  };
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(update);
  };
  later();
  const { lanes, zoom } = board.looking;
  const stops = [peers, lanes, zoom].map((store) => store.subscribe(later));
  return () => {
    for (const stop of stops) stop();
    cancelAnimationFrame(frame);
    layer.replaceChildren();
  };
}

/** Where the cells are that somebody points at; one that is not on screen is missing. */
function cellsOf(layer: HTMLElement, peers: readonly Peer[]): ReadonlyMap<string, DOMRect> {
  const asked = new Set(peers.flatMap(({ cursor }) => (cursor?.cell ? [keyOf(cursor.cell)] : [])));
  const cells = new Map<string, DOMRect>();
  if (asked.size === 0) return cells;
  for (const cell of layer.parentElement?.querySelectorAll<HTMLElement>('.m-cell') ?? []) {
    const key = cell.dataset.spot ?? '';
    if (asked.has(key)) cells.set(key, cell.getBoundingClientRect());
  }
  return cells;
}

function keyOf(cell: { readonly lane: string; readonly stage: string }): string {
  return cellSpotKey(cell.lane, cell.stage);
}

/** From the layer's corner, in pixels of the window; nothing for a place that is not here. */
function placeOf(
  cursor: PresenceCursor | undefined,
  cells: ReadonlyMap<string, DOMRect>,
  origin: DOMRect,
): { readonly x: number; readonly y: number } | undefined {
  if (cursor === undefined) return undefined;
  if (cursor.cell === undefined) return { x: cursor.x * origin.width, y: cursor.y * origin.height };
  const box = cells.get(keyOf(cursor.cell));
  if (box === undefined) return undefined;
  return {
    x: box.left - origin.left + cursor.cell.x * box.width,
    y: box.top - origin.top + cursor.cell.y * box.height,
  };
}

function cursorOf(peer: Peer): HTMLElement {
  const element = document.createElement('span');
  element.className = 'm-cursor';
  element.style.color = peer.user.color;
  const namespace = 'http://www.w3.org/2000/svg';
  const arrow = document.createElementNS(namespace, 'svg');
  arrow.setAttribute('viewBox', '0 0 16 16');
  const shape = document.createElementNS(namespace, 'path');
  shape.setAttribute('d', 'M2 1.5 13.5 7.2 8.3 8.7 5.7 13.8Z');
  arrow.append(shape);
  const name = document.createElement('b');
  name.textContent = peer.user.name;
  name.style.backgroundColor = peer.user.color;
  name.style.color = readableOn(peer.user.color);
  element.append(arrow, name);
  return element;
}

function tell(sheet: HTMLElement, board: Board): () => void {
  let last = 0;
  let timer = 0;
  let at: PresenceCursor | undefined;
  const send = (): void => {
    timer = 0;
    last = performance.now();
    setPresence(board.connection, { cursor: at });
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const box = sheet.getBoundingClientRect();
    const [x, y] = [
      within(event.clientX, box.left, box.width),
      within(event.clientY, box.top, box.height),
    ];
    const { cell } = cellUnder(event);
    const isHidden = cell !== undefined && board.desk.get()?.hides({ kind: 'cell', ...cell });
    at =
      x === undefined || y === undefined || isHidden
        ? undefined
        : { x, y, ...(cell === undefined ? {} : { cell }) };
    if (timer === 0) {
      timer = window.setTimeout(send, Math.max(0, INTERVAL - (performance.now() - last)));
    }
  };
  const onLeave = (): void => {
    at = undefined;
    if (timer === 0) timer = window.setTimeout(send, 0);
  };
  sheet.addEventListener('pointermove', onMove);
  sheet.addEventListener('pointerleave', onLeave);
  return () => {
    window.clearTimeout(timer);
    sheet.removeEventListener('pointermove', onMove);
    sheet.removeEventListener('pointerleave', onLeave);
  };
}

function cellUnder(event: PointerEvent): Pick<PresenceCursor, 'cell'> {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('.m-cell');
  const { lane, stage } = cell?.dataset ?? {};
  if (cell === null || lane === undefined || stage === undefined) return {};
  const box = cell.getBoundingClientRect();
  const x = within(event.clientX, box.left, box.width);
  const y = within(event.clientY, box.top, box.height);
  return x === undefined || y === undefined ? {} : { cell: { lane, stage, x, y } };
}

/** A fraction of a length, to the thousandth; nothing outside it. */
function within(at: number, start: number, length: number): number | undefined {
  const fraction = Math.round(((at - start) / length) * 1000) / 1000;
  return fraction >= 0 && fraction <= 1 ? fraction : undefined;
}
