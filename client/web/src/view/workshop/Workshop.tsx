// What a workshop adds to the page of a map, on each of its screens: a chunk of its own, loaded once the map is shown. Each part of it draws
// nothing while there is nothing to say.
import { type JSX, useRef } from 'react';
import { useKeptPlace } from '../kept-focus';
import { useBoard } from '../map/use';
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
  return <Bars />;
}

function Bars(): JSX.Element {
  const board = useBoard();
  const root = useRef<HTMLDivElement>(null);
  // What ends under somebody's hands leads them to what came of it, else back to the map or whatever the page shows.
  useKeptPlace(root, {
    instead: () =>
      root.current?.querySelector<HTMLElement>('[data-ended]') ??
      board.elementOf(board.spot.get()) ??
      document.querySelector<HTMLElement>('.map-page__main'),
  });
  return (
    <div className="workshop" ref={root}>
      <StepBar />
      <Live />
      <VotingBar />
    </div>
  );
}
