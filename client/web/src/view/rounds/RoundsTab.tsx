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
  if (open === undefined && isOpening) {
    return (
      <div className="v-tab">
        <OpenForm onDone={() => setOpening(false)} />
      </div>
    );
  }
  return (
    <div className="v-tab">
      {open === undefined ? (
        <>
          <p className="v-tab__what">
            Everyone has the same number of dots and places them on cards. Closing shows the result.
          </p>
          <Button icon={PlusIcon} onPress={() => setOpening(true)}>
            New vote
          </Button>
        </>
      ) : (
        <Progress round={open} />
      )}
      {hasResults ? <Results mayFacilitate /> : null}
    </div>
  );
}
