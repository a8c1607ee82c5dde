// Beside the name of the people's tab: how many hands are up.
import type { JSX } from 'react';
import { Badge, HandIcon } from '../ui';
import { useShared } from '../workshop/use-workshop';

export function HandsMark(): JSX.Element | null {
  const hands = useShared()?.hands.length ?? 0;
  if (hands === 0) return null;
  return (
    <Badge tone="warn" icon={HandIcon}>
      {hands}
      <span className="visually-hidden">{hands === 1 ? ' hand' : ' hands'} up</span>
    </Badge>
  );
}
