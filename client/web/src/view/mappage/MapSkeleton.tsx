// A map that is still on its way: the bar and the outline of a grid, so that nothing jumps.
import type { JSX } from 'react';
import { CairnMark } from '../ui';
import './map-page.css';

export function MapSkeleton(): JSX.Element {
  return (
    <>
      <header className="map-bar">
        <span className="map-bar__home">
          <CairnMark size={26} />
        </span>
        <span className="map-skeleton__line" />
      </header>
      <MapOutline />
    </>
  );
}

export function MapOutline(): JSX.Element {
  return (
    <div className="map-skeleton" role="status" aria-label="Opening the map">
      {Array.from({ length: 16 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sixteen equal blocks that never move
        <span key={at} className="map-skeleton__cell" />
      ))}
    </div>
  );
}
