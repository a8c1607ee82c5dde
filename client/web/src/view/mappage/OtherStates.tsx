// Beside a map's title: the map it improves on, or the future states that improve on it. Nothing while there is neither.
import { type JSX, useEffect } from 'react';
import { Button as AriaButton, Link } from 'react-aria-components';
import { openJourney } from '../../model/journey';
import type { MapConnection } from '../../sync/connection';
import { maps, refreshMaps } from '../maps';
import { mapPath } from '../router';
import { ChevronDownIcon, Menu, MenuItem } from '../ui';
import { useStore } from '../use-store';
import { titleOf } from '../words';

export function OtherStates({
  connection,
}: {
  readonly connection: MapConnection;
}): JSX.Element | null {
  const { kind, currentState } = useStore(openJourney(connection.doc).meta);
  const known = useStore(maps);
  const mayHaveFutures = kind !== 'future-state';
  useEffect(() => {
    if (currentState !== undefined || mayHaveFutures) refreshMaps();
  }, [currentState, mayHaveFutures]);
  if (currentState !== undefined) {
    const linked = known.find((map) => map.id === currentState);
    return (
      <p className="map-bar__state">
        Improves on:{' '}
        {linked === undefined ? (
          <span title="It is not among the maps you may open here">{currentState}</span>
        ) : (
          <Link href={mapPath(linked.id)}>{titleOf(linked.title)}</Link>
        )}
      </p>
    );
  }
  const here = connection.mapId;
  const futures = known.filter((map) => map.currentState === here && map.id !== here);
  const [first] = futures;
  if (first === undefined) return null;
  if (futures.length === 1) {
    return (
      <p className="map-bar__state">
        Future state: <Link href={mapPath(first.id)}>{titleOf(first.title)}</Link>
      </p>
    );
  }
  return (
    <Menu
      aria-label="Future states of this map"
      placement="bottom start"
      trigger={
        <AriaButton className="map-bar__state map-bar__state--many">
          {futures.length} future states
          <ChevronDownIcon size={14} />
        </AriaButton>
      }
    >
      {futures.map((map) => (
        <MenuItem key={map.id} href={mapPath(map.id)}>
          {titleOf(map.title)}
        </MenuItem>
      ))}
    </Menu>
  );
}
