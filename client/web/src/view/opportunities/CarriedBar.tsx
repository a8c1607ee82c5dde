// What is picked up in the matrix, and what can be done with it: on a small screen the only place that shows its words.
import type { JSX } from 'react';
import type { Opportunity } from '../../model/opportunities';
import { Button } from '../ui';

export function CarriedBar({
  opportunity,
  onDetails,
  onMap,
  onPutBack,
}: {
  readonly opportunity: Opportunity;
  readonly onDetails: () => void;
  readonly onMap: () => void;
  readonly onPutBack: () => void;
}): JSX.Element {
  return (
    <div className="o-carried">
      <p className="o-carried__words">
        <strong>{opportunity.card.text || 'Empty card'}</strong>
        <span>Picked up: choose a cell for it.</span>
      </p>
      <div className="o-carried__acts">
        <Button size="s" onPress={onDetails}>
          Details
        </Button>
        <Button size="s" variant="ghost" onPress={onMap}>
          Show on map
        </Button>
        <Button size="s" variant="ghost" onPress={onPutBack}>
          Put back
        </Button>
      </div>
    </div>
  );
}
