// Opens and closes the health panel.
import type { JSX } from 'react';
import { Button, PulseIcon } from '../../ui';
import { togglePanel } from '../panel/opening';
import { useBoard, useStore } from '../use';

export function HealthButton(): JSX.Element {
  const board = useBoard();
  const open = useStore(board.panel) === 'health';
  return (
    <Button
      icon={PulseIcon}
      size="s"
      variant="ghost"
      className="m-toolbar__word m-toolbar__health"
      aria-expanded={open}
      onPress={(event) => togglePanel(board, 'health', event)}
    >
      Health
    </Button>
  );
}
