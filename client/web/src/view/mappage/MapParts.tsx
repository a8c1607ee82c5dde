// From one screen of a map to another: tabs in the bar, at the foot of a narrow page.
import type { JSX } from 'react';
import { Link } from 'react-aria-components';
import { MAP_PARTS, type MapPart, mapPath } from '../router';
import { BulbIcon, GridIcon, type Icon } from '../ui';
import './map-parts.css';

const PARTS: Record<MapPart, { readonly label: string; readonly icon: Icon }> = {
  grid: { label: 'Map', icon: GridIcon },
  opportunities: { label: 'Opportunities', icon: BulbIcon },
};

export function MapParts({
  map,
  part,
}: {
  readonly map: string;
  readonly part: MapPart;
}): JSX.Element | null {
  if (MAP_PARTS.length < 2) return null;
  return (
    <nav className="map-parts" aria-label="Screens of this map">
      {MAP_PARTS.map((one) => {
        const { label, icon: DrawnIcon } = PARTS[one];
        return (
          <Link
            key={one}
            href={mapPath(map, one)}
            className="map-parts__link"
            {...(one === part ? { 'aria-current': 'page' } : {})}
          >
            <DrawnIcon size={18} />
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
