// Where other people's pointers are. Positions are fractions of the sheet, written straight to the elements: thirty moving
// pointers must cost no React work but when somebody comes or goes.
import { type JSX, useEffect, useRef } from 'react';
import { type Peer, presenceStore, setPresence } from '../../sync/presence';
import { readableOn } from '../ui';
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
    const stopDrawing = draw(element, board.connection, board.me.participant);
    const stopTelling = tell(sheet, board.connection);
    return () => {
      stopDrawing();
      stopTelling();
    };
  }, [board]);
  return <div className="m-cursors" ref={layer} aria-hidden="true" />;
}

type Connection = Parameters<typeof presenceStore>[0];

function draw(layer: HTMLElement, connection: Connection, self: string): () => void {
  const peers = presenceStore(connection);
  const shown = new Map<number, HTMLElement>();
  let frame = 0;
  const update = (): void => {
    frame = 0;
    const present = new Set<number>();
    const { width, height } = layer.getBoundingClientRect();
    for (const peer of peers.get()) {
      if (peer.cursor === undefined || peer.user.id === self) continue;
      present.add(peer.clientId);
      const element = shown.get(peer.clientId) ?? cursorOf(peer);
      if (!shown.has(peer.clientId)) {
        shown.set(peer.clientId, element);
        layer.append(element);
      }
      element.style.transform = `translate(${peer.cursor.x * width}px, ${peer.cursor.y * height}px)`;
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
  const stop = peers.subscribe(later);
  return () => {
    stop();
    cancelAnimationFrame(frame);
    layer.replaceChildren();
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

function tell(sheet: HTMLElement, connection: Connection): () => void {
  let last = 0;
  let timer = 0;
  let at: { x: number; y: number } | undefined;
  const send = (): void => {
    timer = 0;
    last = performance.now();
    setPresence(connection, { cursor: at });
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const box = sheet.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    at = x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : undefined;
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
