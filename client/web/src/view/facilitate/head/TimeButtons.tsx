// More time, or less, for everyone. A step without a limit has none to set (TIME-4).
import type { JSX } from 'react';
import type { StepNow } from '../../../facilitation/step';
import { useBoard } from '../../map/use';
import { Button } from '../../ui';
import { hasEnd, setClock } from '../course';

const STEPS = [
  { minutes: -1, label: '−1 min', does: 'One minute less for everyone' },
  { minutes: 1, label: '+1 min', does: 'One minute more for everyone' },
  { minutes: 5, label: '+5 min', does: 'Five minutes more for everyone' },
] as const;

export function TimeButtons({ now }: { readonly now: StepNow }): JSX.Element | null {
  const board = useBoard();
  if (!hasEnd(now.clock)) return null;
  return (
    <fieldset className="f-head__minutes" aria-label="Time of this step">
      {STEPS.map(({ minutes, label, does }) => (
        <Button
          key={minutes}
          aria-label={`${label}. ${does}`}
          isDisabled={minutes < 0 && 'zero' in now.clock}
          onPress={() => void setClock(board, minutes)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
