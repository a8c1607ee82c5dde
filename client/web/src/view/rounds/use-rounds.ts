// How components read votes: each hook redraws only when its own answer changes.
import { useEffect, useState } from 'react';
import type { Ballot } from '../../facilitation/ballot';
import { serverClock } from '../../facilitation/clock';
import { browserPage } from '../../facilitation/seconds';
import { openRound } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import { useBoard, usePart, useStore } from '../map/use';
import { type RoundsDesk, roundsDesk } from './desk';

export function useDesk(): RoundsDesk {
  return roundsDesk(useBoard());
}

export function useRounds(): readonly RoundView[] {
  return useStore(useDesk().rounds);
}

export function useOpenRound(): RoundView | undefined {
  return usePart(useDesk().rounds, openRound);
}

/** Null while no round is open in which this person has a ballot. */
export function useBallot(): Ballot | null {
  return useStore(useDesk().voting.ballot);
}

/** Whole seconds until then by the server's clock, rounded up; null for a round that closes by hand. */
export function useSecondsUntil(until: number | undefined): number | null {
  const { shared } = useBoard().connection.workshop;
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    if (until === undefined) {
      setSeconds(null);
      return undefined;
    }
    const clock = serverClock(shared);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      const left = Math.max(0, until - clock.now());
      const whole = Math.ceil(left / 1000);
      setSeconds(whole);
      // Until the next second begins by the clock, so that no delays add up.
      if (whole > 0) timer = setTimeout(look, left - (whole - 1) * 1000);
    };
    look();
    const stop = shared.subscribe(look);
    const stopWaking = browserPage.onWake(look);
    return () => {
      clearTimeout(timer);
      stop();
      stopWaking();
    };
  }, [shared, until]);
  return seconds;
}
