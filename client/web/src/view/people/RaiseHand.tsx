// One's own hand, up or down: a toggle, told as one. Everybody sees it at one's face.
import { type JSX, useState } from 'react';
import { useBoard } from '../map/use';
import { Button, type ControlSize, HandIcon } from '../ui';
import { useShared } from '../workshop/use-workshop';
import { raiseHand } from './crew';
import './people.css';

export function RaiseHand({ size = 's' }: { readonly size?: ControlSize }): JSX.Element {
  const board = useBoard();
  const isUp = useShared()?.hands.includes(board.me.participant) ?? false;
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      size={size}
      icon={HandIcon}
      className={isUp ? 'raise-hand raise-hand--up' : 'raise-hand'}
      aria-pressed={isUp}
      isPending={isBusy}
      onPress={() => {
        setBusy(true);
        void raiseHand(board, !isUp).finally(() => setBusy(false));
      }}
    >
      Raise hand
    </Button>
  );
}
