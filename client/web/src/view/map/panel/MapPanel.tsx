// The panel beside the map: the details of the card one stands on, of a stage, a lane, or of the map itself. A sheet from below on narrow screens.
import { type JSX, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useKeptPlace } from '../../kept-focus';
import { useBoard, useStore } from '../use';
import './panel.css';
import './sections.css';
import { HealthPanel } from '../health/HealthPanel';
import { AboutLane } from './AboutLane';
import { AboutMap } from './AboutMap';
import { AboutStage } from './AboutStage';
import { CardDetails } from './CardDetails';
import { focusField, openingOf } from './opening';

const LABELS = {
  card: 'Card details',
  map: 'About this map',
  stage: 'About this stage',
  lane: 'About this lane',
  health: 'Health of this map',
} as const;

export function MapPanel(): JSX.Element | null {
  const board = useBoard();
  const view = useStore(board.panel);
  const selected = useStore(board.selected);
  if (view === 'closed' || (view === 'card' && selected === null)) return null;
  return <Panel view={view} />;
}

function Panel({ view }: { readonly view: keyof typeof LABELS }): JSX.Element {
  const board = useBoard();
  const selected = useStore(board.selected);
  const described = useStore(board.described);
  const { asked } = openingOf(board);
  const field = useStore(asked);
  const element = useRef<HTMLElement>(null);
  useKeptPlace(element);
  useLayoutEffect(() => {
    board.panelElement = element.current;
    return () => {
      board.panelElement = null;
    };
  }, [board]);
  // After everything else has settled: whoever came from another screen is taken to the grid first.
  useEffect(() => {
    if (field === null || element.current === null) return;
    focusField(element.current, field);
    asked.set(null);
  }, [asked, field]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    board.closePanel();
  };
  return (
    <aside
      ref={element}
      tabIndex={-1}
      className="m-panel"
      aria-label={LABELS[view]}
      onKeyDown={onKeyDown}
    >
      {view === 'map' ? <AboutMap /> : null}
      {view === 'health' ? <HealthPanel /> : null}
      {view === 'card' ? <CardDetails key={selected} id={selected ?? ''} /> : null}
      {view === 'stage' ? <AboutStage key={described} id={described ?? ''} /> : null}
      {view === 'lane' ? <AboutLane key={described} id={described ?? ''} /> : null}
    </aside>
  );
}
