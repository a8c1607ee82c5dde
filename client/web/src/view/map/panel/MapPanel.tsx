// The panel beside the map: the details of the card one stands on, of a stage, a lane, or of the map itself. A sheet from below on narrow screens.
import type { JSX } from 'react';
import { later } from '../../later';
import type { PanelView } from '../board';
import { useBoard, useStore } from '../use';
import './panel.css';

export const PANEL_LABELS = {
  card: 'Card details',
  map: 'About this map',
  stage: 'About this stage',
  lane: 'About this lane',
  health: 'Health of this map',
  drafts: 'Your cards',
} as const;

export interface PanelProps {
  readonly view: Exclude<PanelView, 'closed'>;
}

export function MapPanel(): JSX.Element | null {
  const board = useBoard();
  const view = useStore(board.panel);
  const selected = useStore(board.selected);
  const desk = useStore(board.desk);
  if (view === 'closed' || (view === 'card' && selected === null)) return null;
  if (view === 'drafts' && desk === null) return null;
  return <Panel view={view} />;
}

/** Its place, so that the map beside it is drawn once. */
function Frame({ view }: PanelProps): JSX.Element {
  return <aside className="m-panel" aria-label={PANEL_LABELS[view]} aria-busy="true" />;
}

const Panel = later(async () => (await import('./Panel')).Panel, Frame);
