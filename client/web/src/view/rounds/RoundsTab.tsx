// Votes in the facilitator's panel: the open one and how far it is, or the way to open one; below, what earlier ones have come to.
import { type JSX, useState } from 'react';
import { closedRounds } from '../../model/rounds';
import { Button, PlusIcon } from '../ui';
import { OpenForm } from './OpenForm';
import { Progress } from './Progress';
import { Results } from './Results';
import { useOpenRound, useRounds } from './use-rounds';
import './rounds.css';

export default function RoundsTab(): JSX.Element {
  const open = useOpenRound();
  const hasResults = closedRounds(useRounds()).length > 0;
  const [isOpening, setOpening] = useState(false);
  if (open !== undefined) {
    return (
      <div className="v-tab">
        <Progress round={open} />
        {hasResults ? <Results mayFacilitate /> : null}
      </div>
    );
  }
  if (isOpening || !hasResults) {
    return (
      <div className="v-tab">
        <OpenForm
          onOpened={() => setOpening(false)}
          onCancel={hasResults ? () => setOpening(false) : undefined}
        />
      </div>
    );
  }
  return (
    <div className="v-tab">
      <Button variant="primary" icon={PlusIcon} onPress={() => setOpening(true)}>
        New vote
      </Button>
      <Results mayFacilitate />
    </div>
  );
}
