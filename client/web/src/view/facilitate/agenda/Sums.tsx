// How many steps, how long in all, and when it would end: drawn anew as time passes, apart from the steps.
import { type JSX, useEffect, useState } from 'react';
import { endOf, lengthOf } from '../../../facilitation/agenda-times';
import { serverClock } from '../../../facilitation/clock';
import type { AgendaStep } from '../../../wire/channel';
import { useBoard } from '../../map/use';
import { useShared } from '../../workshop/use-workshop';
import { endWords, lengthWords } from '../words';

/** An end is told by the minute. Milliseconds. */
const OFTEN = 5000;

export function Sums({ steps }: { readonly steps: readonly AgendaStep[] }): JSX.Element {
  const { workshop } = useBoard().connection;
  const current = useShared()?.current;
  const [, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((turn) => turn + 1), OFTEN);
    return () => clearInterval(timer);
  }, []);
  const end = endOf(steps, current, serverClock(workshop.shared).now());
  return (
    <p className="f-sums">
      <span>{lengthWords(steps.length, lengthOf(steps))}</span>
      {end === null ? null : <span>{endWords(end, current !== undefined)}</span>}
    </p>
  );
}
