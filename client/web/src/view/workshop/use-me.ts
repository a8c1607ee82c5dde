// Who one is, as the server told last: a name, a colour and a role may change while the map is open.
import { useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import type { Me } from '../../wire/types';
import { useBoard, usePart } from '../map/use';
import { useStore } from '../use-store';

/** Whether one facilitates: redraws only when that changes. */
export function useFacilitates(): boolean {
  const board = useBoard();
  return usePart(
    board.connection.workshop.personal,
    (personal) => (personal?.role ?? board.me.role) === 'facilitator',
  );
}

export function useMe(connection: MapConnection, atOpening: Me): Me {
  const shared = useStore(connection.workshop.shared);
  const personal = useStore(connection.workshop.personal);
  const person = shared?.people.find(({ id }) => id === atOpening.participant);
  const name = person?.name ?? atOpening.name;
  const color = person?.color ?? atOpening.color;
  const role = personal?.role ?? person?.role ?? atOpening.role;
  const [me, setMe] = useState(atOpening);
  if (me.name !== name || me.color !== color || me.role !== role) {
    const now = { ...atOpening, name, color, role };
    setMe(now);
    return now;
  }
  return me;
}
