// Goes to where the step is about, on request and never by itself.
import type { JSX } from 'react';
import { focusOf } from '../../facilitation/lock';
import type { StepNow } from '../../facilitation/step';
import type { Board } from '../map/board';
import type { Spot } from '../map/spot';
import { useBoard } from '../map/use';
import { Button, FitIcon } from '../ui';

export function FocusButton({ now }: { readonly now: StepNow }): JSX.Element | null {
  const board = useBoard();
  const { focus } = now.step;
  if ((focus.stages ?? focus.lanes) === undefined) return null;
  return (
    <Button
      size="s"
      variant="ghost"
      icon={FitIcon}
      className="w-focus"
      onPress={() => showFocus(board)}
    >
      Show the focus
    </Button>
  );
}

/** Its first cell, or the head of its first stage or lane. */
function showFocus(board: Board): void {
  const focus = focusOf(board.connection.workshop.shared.get());
  if (focus === null) return;
  const spot = firstOf(board, focus);
  if (spot === undefined) board.say('What the step is about was deleted meanwhile.');
  else board.visit(spot);
}

function firstOf(
  { journey }: Board,
  { stages, lanes }: NonNullable<ReturnType<typeof focusOf>>,
): Spot | undefined {
  // In the order of the map, not in that of choosing.
  const stage = stages && journey.stages.ids.get().find((id) => stages.includes(id));
  const lane = lanes && journey.lanes.ids.get().find((id) => lanes.includes(id));
  if (stage !== undefined && lane !== undefined) return { kind: 'cell', lane, stage };
  if (stage !== undefined) return { kind: 'stage', stage };
  return lane === undefined ? undefined : { kind: 'lane', lane };
}
