// How long until a round closes by itself, the same on every screen. Nothing where it does not.
import type { JSX } from 'react';
import { clockFace } from '../../facilitation/moments';
import './closes-in.css';
import { useSecondsUntil } from './use-seconds';

export function ClosesIn({
  until,
  place,
}: {
  readonly until: number | undefined;
  readonly place: 'bar' | 'panel';
}): JSX.Element | null {
  const seconds = useSecondsUntil(until);
  if (seconds === null) return null;
  return (
    // No live region: what is worth saying of the time is said by the voice.
    <p
      className={`closes-in closes-in--${place} ${seconds <= 60 ? 'closes-in--last' : ''}`}
      role="timer"
      aria-live="off"
    >
      <b>{clockFace(seconds)}</b> left
    </p>
  );
}
