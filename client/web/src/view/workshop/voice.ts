// Says of a step what is worth saying, once, through the page's one live region; and in the title of the tab how long it still takes, for
// whoever is looking at another one. Mounted once, on every screen of a map.
import { useEffect, useRef } from 'react';
import { LAST_MINUTE, type Look, momentBetween } from '../../facilitation/moments';
import { secondsLeft } from '../../facilitation/seconds';
import { type StepNow, stepsOf } from '../../facilitation/step';
import { useBoard } from '../map/use';
import { say } from '../ui';

export function useVoice(): void {
  const { shared } = useBoard().connection.workshop;
  const before = useRef<Look>(undefined);
  useEffect(() => {
    const { now } = stepsOf(shared);
    const seconds = secondsLeft(shared);
    const look = (): void => {
      // Until the server has told, there is nothing to compare with.
      if (shared.get() === null) return;
      const after = { now: now.get(), seconds: seconds.get() };
      const words = momentBetween(before.current, after);
      before.current = after;
      // A lock that began with the step may have had something to say of one's own words.
      if (words !== undefined) say(words, 'also');
    };
    // When all stores have heard of a view: a step must not be compared with the seconds of the one before.
    let isSoon = false;
    let left = false;
    const soon = (): void => {
      if (isSoon) return;
      isSoon = true;
      queueMicrotask(() => {
        isSoon = false;
        if (!left) look();
      });
    };
    const stops = [seconds, now, shared].map((store) => store.subscribe(soon));
    look();
    return () => {
      left = true;
      for (const stop of stops) stop();
    };
  }, [shared]);
}

/**
 * Before the page's own title, while the page is hidden and only then. In whole minutes: a browser wakes a page in the
 * background once a minute or less, and what is said there must be true until then.
 */
export function useTabTitle(): void {
  const { shared } = useBoard().connection.workshop;
  useEffect(() => {
    const { now } = stepsOf(shared);
    const seconds = secondsLeft(shared);
    let put = '';
    const show = (): void => {
      const own = document.title.startsWith(put)
        ? document.title.slice(put.length)
        : document.title;
      const step = now.get();
      const words = document.hidden && step !== null ? tabWords(step, seconds.get()) : '';
      put = words === '' ? '' : `${words} · `;
      if (document.title !== put + own) document.title = put + own;
    };
    document.addEventListener('visibilitychange', show);
    const stops = [seconds.subscribe(show), now.subscribe(show)];
    show();
    return () => {
      document.removeEventListener('visibilitychange', show);
      for (const stop of stops) stop();
      if (document.title.startsWith(put)) document.title = document.title.slice(put.length);
    };
  }, [shared]);
}

function tabWords({ clock }: StepNow, seconds: number | null): string {
  if ('zero' in clock) return 'Time is up';
  if ('paused' in clock) return 'Paused';
  if (seconds === null) return '';
  return seconds <= LAST_MINUTE ? 'Last minute' : `${Math.ceil(seconds / 60)} min left`;
}
