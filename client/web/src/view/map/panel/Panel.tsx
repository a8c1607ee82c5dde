// What is in the panel beside the map, and its keys. Loaded after the map is shown (`MapPanel.tsx`).
import { type JSX, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useKeptPlace } from '../../kept-focus';
import { later } from '../../later';
import { useBoard, useCellOf, useStill, useStore } from '../use';
import './sections.css';
import { HealthPanel } from '../health/HealthPanel';
import { AboutLane } from './AboutLane';
import { AboutMap } from './AboutMap';
import { AboutStage } from './AboutStage';
import { CardDetails } from './CardDetails';
import { PANEL_LABELS, type PanelProps } from './MapPanel';
import { focusField, openingOf } from './opening';
import { ReadingContext } from './reading';

const DraftList = later(async () => (await import('../../brainstorm/DraftList')).DraftList);

export function Panel({ view }: PanelProps): JSX.Element {
  const board = useBoard();
  const selected = useStore(board.selected);
  const described = useStore(board.described);
  const { asked } = openingOf(board);
  const field = useStore(asked);
  const isRead = useStill(useCellOf(view === 'card' ? selected : null));
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
      aria-label={PANEL_LABELS[view]}
      onKeyDown={onKeyDown}
    >
      <ReadingContext value={isRead}>
        {view === 'map' ? <AboutMap /> : null}
        {view === 'health' ? <HealthPanel /> : null}
        {view === 'card' ? <CardDetails key={selected} id={selected ?? ''} /> : null}
        {view === 'stage' ? <AboutStage key={described} id={described ?? ''} /> : null}
        {view === 'lane' ? <AboutLane key={described} id={described ?? ''} /> : null}
        {view === 'drafts' ? <DraftList /> : null}
      </ReadingContext>
    </aside>
  );
}
