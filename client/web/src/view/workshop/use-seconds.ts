// The seconds until a moment of the server's clock, as every screen shows them.
import { useEffect, useState } from 'react';
import { serverClock } from '../../facilitation/clock';
import { browserPage } from '../../facilitation/seconds';
import { useBoard } from '../map/use';

/** Whole seconds, rounded up; null where there is no such moment. */
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
    const stops = [shared.subscribe(look), browserPage.onWake(look)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [shared, until]);
  return seconds;
}
