// How many are here, how many hands are up, how many are done with the step under way.
import type { JSX } from 'react';
import { readiness } from '../../facilitation/step';
import { count } from '../words';
import { useShared } from '../workshop/use-workshop';

export function Counts(): JSX.Element {
  const shared = useShared();
  const here = shared?.people.filter(({ online }) => online).length ?? 1;
  const hands = shared?.hands.length ?? 0;
  const { done, of } = readiness(shared);
  const parts = [
    `${here} here`,
    ...(hands === 0 ? [] : [`${count(hands, 'hand', 'hands')} up`]),
    ...(shared?.current === undefined ? [] : [`${done.length} of ${of} done`]),
  ];
  return <p className="people__counts">{parts.join(' · ')}</p>;
}
