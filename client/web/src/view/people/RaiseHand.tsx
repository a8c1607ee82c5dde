// One's own hand, up or down: a toggle, told as one. Everybody sees it at one's face. It shows what was pressed at once, and what the server
// says once it has answered.
import { type JSX, useState } from 'react';
import { useBoard } from '../map/use';
import { Button, HandIcon, IconButton } from '../ui';
import { useShared } from '../workshop/use-workshop';
import { raiseHand } from './crew';
import './raise-hand.css';

export function RaiseHand({ look = 'words' }: { readonly look?: 'words' | 'icon' }): JSX.Element {
  const board = useBoard();
  const told = useShared()?.hands.includes(board.me.participant) ?? false;
  const [asked, setAsked] = useState<boolean | null>(null);
  const isUp = asked ?? told;
  const props = {
    size: 's' as const,
    icon: HandIcon,
    className: 'raise-hand',
    'aria-pressed': isUp,
    onPress: () => {
      if (asked !== null) return;
      setAsked(!isUp);
      void raiseHand(board, !isUp).finally(() => setAsked(null));
    },
  };
  return look === 'icon' ? (
    <IconButton label="Raise hand" {...props} />
  ) : (
    <Button {...props}>Raise hand</Button>
  );
}
