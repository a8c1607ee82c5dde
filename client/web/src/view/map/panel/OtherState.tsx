// Current and future state: which map this one improves on, and which maps improve on this one.
import { type JSX, useEffect } from 'react';
import { Link } from 'react-aria-components';
import { setCurrentState } from '../../../model/scope';
import { maps, namedMap, refreshMaps } from '../../maps';
import { titleOf } from '../../words';
import { useBoard, useStore } from '../use';
import { Suggest } from './choices';

export function OtherState(): JSX.Element | null {
  const board = useBoard();
  const meta = useStore(board.journey.meta);
  const known = useStore(maps);
  const here = board.connection.mapId;
  useEffect(() => refreshMaps(), []);
  const named = meta.currentState;
  const linked = known.find((map) => map.id === named);
  const futures = known.filter((map) => map.currentState === here && map.id !== here);
  if (meta.kind !== 'future-state' && named === undefined) {
    return futures.length === 0 ? null : (
      <div className="c-field">
        <span className="c-field__label">Future states of it</span>
        <ul className="m-items">
          {futures.map((map) => (
            <li key={map.id} className="m-reading">
              <Link href={`/map/${map.id}`}>{titleOf(map.title)}</Link>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  // Maps of today's state first: a future state is rarely built on another.
  const choosable = known
    .filter((map) => map.id !== here)
    .sort((a, b) => Number(b.kind === 'current-state') - Number(a.kind === 'current-state'));
  return (
    <>
      <Suggest
        label="Improves on"
        name="currentState"
        options={choosable.map((map) => ({ id: map.id, label: titleOf(map.title) }))}
        value={named}
        placeholder="Choose a map, or paste its link"
        onValue={(text) =>
          setCurrentState(board.journey, text === undefined ? undefined : namedMap(text))
        }
      />
      {linked === undefined ? (
        named === undefined ? null : (
          <p className="c-field__description">
            It is not among the maps you may open here, so it stands as a name.
          </p>
        )
      ) : (
        <p className="m-reading">
          <Link href={`/map/${linked.id}`}>Open “{titleOf(linked.title)}”</Link>
        </p>
      )}
    </>
  );
}
