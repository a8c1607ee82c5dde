// How the room felt in the emotion round closed last: the picture of every answer, and where people differ most.
import type { JSX } from 'react';
import { answersWords, outcomeWords } from '../../model/crowd-words';
import { localDay } from '../../model/report';
import type { EmotionRoundView } from '../../wire/channel';
import { Picture } from '../feelings/Picture';
import { fullDay } from '../words';
import './room-felt.css';

export function RoomFelt({
  round,
}: {
  readonly round: EmotionRoundView | undefined;
}): JSX.Element | null {
  if (round === undefined) return null;
  const day = fullDay(localDay(new Date(round.opened)) ?? '');
  const isBlank = (round.result?.length ?? 0) === 0;
  return (
    <section className="r-felt" aria-labelledby="r-felt">
      <h2 id="r-felt">How the room felt</h2>
      <p className="r-felt__question">
        {round.setup.question}{' '}
        <span className="r-felt__about">
          {day}, {answersWords(round)}, without names
        </span>
      </p>
      {isBlank ? null : <Picture round={round} />}
      <p className="r-felt__outcome">{outcomeWords(round)}</p>
    </section>
  );
}
