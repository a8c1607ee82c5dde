// What is behind the faces in the bar: everyone, one's own hand, the parking lot.
import type { JSX } from 'react';
import { useBoard } from '../map/use';
import { Button, ParkIcon } from '../ui';
import { afterGone } from '../ui/after-gone';
import { useShared } from '../workshop/use-workshop';
import { openParking } from './asking';
import { Counts } from './Counts';
import './people.css';
import { RaiseHand } from './RaiseHand';
import { Roster } from './Roster';

export function Everyone({ close }: { readonly close: () => void }): JSX.Element {
  const board = useBoard();
  const parked = useShared()?.parked.length ?? 0;
  const leave = (then: () => void): void => {
    close();
    afterGone(then);
  };
  return (
    <>
      <header className="people__head">
        <h2>People</h2>
        <Counts />
      </header>
      <Roster leave={leave} />
      <footer className="people__foot">
        <RaiseHand />
        <Button
          size="s"
          variant="ghost"
          icon={ParkIcon}
          onPress={() => leave(() => openParking(board))}
        >
          Parking lot{parked === 0 ? '' : ` (${parked})`}
        </Button>
      </footer>
    </>
  );
}
