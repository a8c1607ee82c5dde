// The time left over a presentation, in its upper right corner: a slide has no room for a bar.
import type { JSX } from 'react';
import { TimeLeft } from './TimeLeft';
import { useStepNow } from './use-step';
import './step-bar.css';

export function SmallClock(): JSX.Element | null {
  const now = useStepNow();
  if (now === null) return null;
  return (
    <aside className="w-small-clock" aria-label="Step under way">
      <TimeLeft />
    </aside>
  );
}
