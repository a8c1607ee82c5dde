// What is asked of everyone in a workshop, on each screen of a map: the brainstorm and the emotion round under way. Each begins to be drawn when
// there first is one, and then stays for what comes of it.
import { type JSX, useState } from 'react';
import { keepsDrafts } from '../../facilitation/kept-drafts';
import { later } from '../later';
import { useBoard } from '../map/use';
import { useShared } from './use-workshop';

const Brainstorm = later(async () => (await import('../brainstorm/Brainstorm')).Brainstorm);
const Feelings = later(async () => (await import('../feelings/Feelings')).Feelings);

export function Live(): JSX.Element {
  const { connection, me } = useBoard();
  const shared = useShared();
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

/** True from the first time on. */
function useOnce(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return was || now;
}
