// What is asked of everyone in a workshop, on each screen of a map: the brainstorm and the emotion round under way. Each begins to be drawn when
// there first is one, and then stays for what comes of it.
import { type JSX, useEffect, useRef, useState } from 'react';
import { askedBetween } from '../../facilitation/asked';
import { keepsDrafts } from '../../facilitation/kept-drafts';
import { later } from '../later';
import { useBoard } from '../map/use';
import { say } from '../ui';
import { useShared } from './use-workshop';

const Brainstorm = later(async () => (await import('../brainstorm/Brainstorm')).Brainstorm);
const Feelings = later(async () => (await import('../feelings/Feelings')).Feelings);

export function Live(): JSX.Element {
  const { connection, me } = useBoard();
  const shared = useShared();
  useVoice();
  const [keeps] = useState(() => keepsDrafts(connection.mapId, me.participant));
  const isBrainstorm = useOnce(keeps || shared?.brainstorm !== undefined);
  const isRound = useOnce(shared?.emotionRounds.some(({ state }) => state === 'open') === true);
  return (
    <>
      {isBrainstorm ? <Brainstorm /> : null}
      {isRound ? <Feelings /> : null}
    </>
  );
}

/** Says what begins and ends, for who hears the page. */
function useVoice(): void {
  const shared = useShared();
  const before = useRef(shared);
  useEffect(() => {
    const was = before.current;
    before.current = shared;
    if (was === null || shared === null) return;
    const words = askedBetween(was, shared);
    if (words !== undefined) say(words);
  }, [shared]);
}

/** True from the first time on. */
function useOnce(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return was || now;
}
