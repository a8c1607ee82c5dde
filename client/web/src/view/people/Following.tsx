// One's own view goes where somebody else is, until one goes somewhere oneself, or they leave. A frame in their colour says so all the while.
import { type JSX, useCallback, useEffect, useRef, useState } from 'react';
import { hasMoved, NO_TRAIL, trailOf } from '../../facilitation/following';
import { presenceStore } from '../../sync/presence';
import { useBoard, useStore } from '../map/use';
import type { MapPart } from '../router';
import { Button, say, toast } from '../ui';
import { useShared } from '../workshop/use-workshop';
import { Banner } from './Banner';
import { companyOf, type Followed } from './company';
import { onOwnMove } from './own-moves';
import { spotAt } from './place';
import { backToOwn, lookThere } from './travel';

export function Following({ part }: { readonly part: MapPart }): JSX.Element | null {
  const followed = useStore(companyOf(useBoard()).following);
  return followed === null ? null : <Trailing key={followed.id} followed={followed} part={part} />;
}

function Trailing({
  followed,
  part,
}: {
  readonly followed: Followed;
  readonly part: MapPart;
}): JSX.Element {
  const board = useBoard();
  const { following } = companyOf(board);
  const peers = useStore(presenceStore(board.connection));
  const shared = useShared();
  const trail = useRef(NO_TRAIL);
  const [isOnMap, setOnMap] = useState(false);
  const { id, name, color } = followed;
  const isHere = shared?.people.some((person) => person.id === id && person.online) ?? false;

  useEffect(() => {
    say(`You follow ${name}. Escape stops it.`);
    // From another screen to the map: there is nothing of them to see elsewhere.
    if (board.grid === null) queueMicrotask(() => board.visit(board.spot.get(), 'quiet'));
  }, [board, name]);

  useEffect(() => {
    const was = trail.current;
    const now = trailOf(peers, id, was);
    trail.current = now;
    setOnMap(now.at !== undefined);
    if (now.isGone && !isHere) {
      following.set(null);
      toast({ title: `${name} has left`, detail: 'You no longer follow them.' });
    } else if (now.at !== undefined && hasMoved(now, was)) {
      const spot = spotAt(board.journey, now.at);
      if (spot !== undefined) queueMicrotask(() => lookThere(board, spot));
    }
  }, [board, following, peers, id, name, isHere]);

  const stop = useCallback((): void => {
    following.set(null);
    say(`You no longer follow ${name}`);
  }, [following, name]);
  useEffect(() => onOwnMove(stop), [stop]);

  // Whoever goes to another screen goes there alone.
  const hasBeenOnGrid = useRef(false);
  useEffect(() => {
    if (part === 'grid') hasBeenOnGrid.current = true;
    else if (hasBeenOnGrid.current) stop();
  }, [stop, part]);

  return (
    <>
      <div className="company__frame" style={{ borderColor: color }} aria-hidden="true" />
      <Banner
        label="Whom you follow"
        person={followed}
        actions={
          <Button
            size="s"
            onPress={() => {
              stop();
              backToOwn(board);
            }}
          >
            Stop following
          </Button>
        }
      >
        {isOnMap ? (
          <>
            You follow <strong>{name}</strong>. Scroll, type or press Esc to stop.
          </>
        ) : (
          <>
            You follow <strong>{name}</strong>, who is not on the map just now.
          </>
        )}
      </Banner>
    </>
  );
}
