// What is asked of everyone in a workshop, on each screen of a map: the brainstorm and the emotion round under way. Each is loaded when there
// first is one, and then stays for what comes of it.
import { type JSX, lazy, Suspense, useState } from 'react';
import { keepsDrafts } from '../../facilitation/kept-drafts';
import { useBoard } from '../map/use';
import { useShared } from './use-workshop';

const Brainstorm = lazy(() => import('../brainstorm/Brainstorm'));

export function Live(): JSX.Element {
  const { connection, me } = useBoard();
  const shared = useShared();
  const [keeps] = useState(() => keepsDrafts(connection.mapId, me.participant));
  const isBrainstorm = useOnce(keeps || shared?.brainstorm !== undefined);
  return <Suspense fallback={null}>{isBrainstorm ? <Brainstorm /> : null}</Suspense>;
}

/** True from the first time on. */
function useOnce(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return was || now;
}
