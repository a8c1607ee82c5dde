// The panel beside the map: the details of the card one stands on, or of the map itself. A sheet from below on narrow screens.
import { type JSX, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { useBoard, useStore } from '../use';
import './panel.css';
import { AboutMap } from './AboutMap';
import { AboutStage } from './AboutStage';
import { CardDetails } from './CardDetails';

export function MapPanel(): JSX.Element | null {
  const board = useBoard();
  const view = useStore(board.panel);
  const selected = useStore(board.selected);
  const described = useStore(board.described);
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    board.panelElement = element.current;
  });
  if (view === 'closed' || (view === 'card' && selected === null)) return null;
  const labels = { card: 'Card details', map: 'About this map', stage: 'About this stage' };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    board.closePanel();
  };
  return (
    <aside ref={element} className="m-panel" aria-label={labels[view]} onKeyDown={onKeyDown}>
      {view === 'map' ? <AboutMap /> : null}
      {view === 'card' ? <CardDetails key={selected} id={selected ?? ''} /> : null}
      {view === 'stage' ? <AboutStage key={described} id={described ?? ''} /> : null}
    </aside>
  );
}
