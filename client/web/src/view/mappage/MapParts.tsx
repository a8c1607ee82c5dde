// From one screen of a map to another: tabs in the bar, at the foot of a narrow page.
import type { JSX } from 'react';
import { Link } from 'react-aria-components';
import { MAP_PARTS, type MapPart, mapPath } from '../router';
import { BulbIcon, GridIcon, type Icon, ReportIcon } from '../ui';
import './map-parts.css';

/** The presentation has no tab: it is begun, and covers the bar. Versions and comparisons are asked for now and then, from the menu. */
export type Tab = Exclude<MapPart, 'present' | 'versions' | 'compare'>;

/** What the screens are called, here and in the palette. */
export const PARTS: Record<Tab, { readonly label: string; readonly icon: Icon }> = {
  grid: { label: 'Map', icon: GridIcon },
  opportunities: { label: 'Opportunities', icon: BulbIcon },
  report: { label: 'Report', icon: ReportIcon },
};
export const TABS = MAP_PARTS.filter((part): part is Tab => part in PARTS);

export function MapParts({
  map,
  part,
}: {
  readonly map: string;
  readonly part: MapPart;
}): JSX.Element {
  return (
    <nav className="map-parts" aria-label="Screens of this map">
      {TABS.map((one) => {
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
