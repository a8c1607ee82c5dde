// Opens and closes the facilitator's panel, from the bar over the map.
import type { JSX } from 'react';
import type { Me } from '../../wire/types';
import { keyOf } from '../map/acts';
import { useBoard } from '../map/use';
import type { MapPart } from '../router';
import { Button, FacilitateIcon, Hint } from '../ui';
import { pressPanel } from './opening';
import { useShown } from './use-shown';

export function FacilitateButton({
  me,
  part,
}: {
  readonly me: Me;
  readonly part: MapPart;
}): JSX.Element | null {
  const board = useBoard();
  const { isShown } = useShown(me, part);
  if (me.role !== 'facilitator') return null;
  return (
    <Hint text="Agenda and clock, for everyone" shortcut={keyOf('facilitate')}>
      <Button
        icon={FacilitateIcon}
        variant="ghost"
        className="map-bar__facilitate"
        aria-expanded={isShown}
        onPress={(event) => pressPanel(board, isShown, event)}
      >
        Facilitate
      </Button>
    </Hint>
  );
}
