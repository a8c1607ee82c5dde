// What a workshop adds to the page of a map, on each of its screens: a chunk of its own, loaded once the map is shown. Each part of it draws
// nothing while there is nothing to say.
import type { JSX } from 'react';
import { VotingBar } from '../rounds/VotingBar';
import type { MapPart } from '../router';
import { Live } from './Live';
import { useLockComes } from './lock-comes';
import { SmallClock } from './SmallClock';
import { StepBar } from './StepBar';
import { useTabTitle, useVoice } from './voice';

export default function Workshop({ part }: { readonly part: MapPart }): JSX.Element {
  useLockComes();
  useVoice();
  useTabTitle();
  if (part === 'present') return <SmallClock />;
  return (
    <div className="workshop">
      <StepBar />
      <Live />
      <VotingBar />
    </div>
  );
}
