// The question about people that is open, if one is.
import type { JSX } from 'react';
import { useBoard, useStore } from '../map/use';
import { askedOf } from './asking';
import { EraseDialog } from './EraseDialog';
import { HandOverDialog } from './HandOverDialog';
import { ParkingLot } from './ParkingLot';
import { RemoveDialog } from './RemoveDialog';

export function Asked(): JSX.Element | null {
  const asked = askedOf(useBoard());
  const asking = useStore(asked);
  const close = (): void => asked.set(null);
  switch (asking?.ask) {
    case 'remove':
      return <RemoveDialog person={asking.person} onClose={close} />;
    case 'erase':
      return <EraseDialog person={asking.person} onClose={close} />;
    case 'hand-over':
      return <HandOverDialog to={asking.person} onClose={close} />;
    case 'parking':
      return <ParkingLot onClose={close} />;
    case undefined:
      return null;
  }
}
