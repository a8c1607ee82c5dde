// The workshop as it stood then: the step and its clock, and what was asked of everyone.
import type { JSX } from 'react';
import { timeLeft } from '../../facilitation/clock';
import { clockFace, spokenTime } from '../../facilitation/moments';
import { stepNow } from '../../facilitation/step';
import type { Player } from '../../model/history/player';
import { dotWords, openRound } from '../../model/rounds';
import { votesInSight } from '../../model/votes';
import type { ShownView } from '../../wire/tape';
import type { Shared } from '../../wire/types';
import { quoted } from '../map/board';
import { usePart, useStore } from '../map/use';
import { ClockIcon, PauseIcon } from '../ui';

export function ThenBar({ player }: { readonly player: Player }): JSX.Element | null {
  const view = useStore(player.replay.view);
  const step = stepNow(view as unknown as Shared);
  const asked = askedOf(view);
  if (step === null && asked === null) return null;
  return (
    <section className="h-then" aria-label="The workshop at this moment">
      {step === null ? null : (
        <p className="h-then__step">
          <span className="h-then__place">
            Step {step.place} of {step.of}
          </span>
          <b>{step.step.title}</b>
          <Clock player={player} />
        </p>
      )}
      {asked === null ? null : (
        <p className="h-then__asked">
          <span className="h-then__place">{asked.what}</span>
          <span>{asked.question}</span>
        </p>
      )}
    </section>
  );
}

function Clock({ player }: { readonly player: Player }): JSX.Element | null {
  const view = useStore(player.replay.view);
  const clock = view.current?.clock;
  const seconds = usePart(player.state, ({ time }) => {
    const left = clock === undefined ? null : timeLeft(clock, time);
    return left === null ? null : Math.ceil(left / 1000);
  });
  if (clock === undefined || seconds === null) return null;
  const isPaused = 'paused' in clock;
  const Mark = isPaused ? PauseIcon : ClockIcon;
  return (
    <span className="h-then__clock">
      <Mark size={16} />
      <span role="timer" aria-live="off" aria-label={`${spokenTime(seconds)} left`}>
        {clockFace(seconds)}
      </span>
      <span>{isPaused ? 'paused' : seconds === 0 ? 'time is up' : 'left'}</span>
    </span>
  );
}

/** What was asked of everyone, or what the last vote came to. */
function askedOf(view: ShownView): { readonly what: string; readonly question: string } | null {
  if (view.brainstorm !== undefined) {
    const { prompt, signed } = view.brainstorm.setup;
    return { what: signed ? 'Brainstorm, signed' : 'Brainstorm', question: prompt };
  }
  const feelings = view.emotionRounds.find((round) => round.state === 'open');
  if (feelings !== undefined) return { what: 'Emotion round', question: feelings.setup.question };
  const open = openRound(view.rounds);
  if (open !== undefined) {
    const what = open.setup.anonymous ? 'Anonymous vote open' : 'Vote open';
    return { what, question: open.setup.question };
  }
  const votes = votesInSight(view.rounds);
  const first = votes?.places[0];
  if (votes === null || first === undefined) return null;
  const text = votes.round.targets.find(({ card }) => card === first.card)?.text ?? '';
  return {
    what: 'Last vote',
    question: `${votes.round.setup.question} ${quoted(text, 'An empty card')} first, ${dotWords(first.dots)}`,
  };
}
