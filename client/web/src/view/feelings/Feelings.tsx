// An emotion round on every screen of a map: the bar of the open one with the way to answer, and a line about the one that has just ended. Loaded
// with the first round of a visit; from then on it stays.
import { type JSX, useEffect, useId, useState } from 'react';
import { OwnFeelings } from '../../facilitation/feelings';
import { outcomeWords } from '../../model/crowd-words';
import type { MapConnection } from '../../sync/connection';
import { derivedStore } from '../../sync/store';
import type { EmotionRoundView } from '../../wire/channel';
import { useBoard, useStore } from '../map/use';
import {
  Button,
  ChevronDownIcon,
  ChevronUpIcon,
  CloseIcon,
  EyeOffIcon,
  IconButton,
  SmileIcon,
  toast,
} from '../ui';
import { ClosesIn } from '../workshop/ClosesIn';
import { useEnded } from '../workshop/use-ended';
import { useShared } from '../workshop/use-workshop';
import { Answer } from './Answer';
import './feelings.css';
import { chosenRound, useOpenEmotionRound } from './use-feelings';
import { PRIVATE, placedWords, savingWords } from './words';

export function Feelings(): JSX.Element | null {
  const { connection } = useBoard();
  const own = useOwnFeelings(connection);
  const open = useOpenEmotionRound();
  const [ended, dismiss] = useEnded(useShared()?.emotionRounds ?? [], open?.id);
  if (own !== null && open !== undefined) {
    return <OpenBar key={open.id} round={open} own={own} />;
  }
  return ended === undefined ? null : <EndedBar round={ended} onDismiss={dismiss} />;
}

function useOwnFeelings(connection: MapConnection): OwnFeelings | null {
  const [own, setOwn] = useState<OwnFeelings | null>(null);
  useEffect(() => {
    const { status, workshop } = connection;
    const isConnected = derivedStore([status], () => {
      const { kind } = status.get();
      return kind === 'saved' || kind === 'saving';
    });
    const made = new OwnFeelings(workshop, isConnected, ({ why }) =>
      toast({ title: 'That answer was not taken', detail: why, tone: 'bad' }),
    );
    setOwn(made);
    return () => {
      made.stop();
      setOwn(null);
    };
  }, [connection]);
  return own;
}

function OpenBar({
  round,
  own,
}: {
  readonly round: EmotionRoundView;
  readonly own: OwnFeelings;
}): JSX.Element {
  const scores = useStore(own.scores);
  const saving = useStore(own.saving);
  const [isAnswering, setAnswering] = useState(false);
  const id = useId();
  const there = round.stages.filter(({ withdrawn }) => !withdrawn);
  const placed = there.filter(({ stage }) => scores?.[stage] !== undefined).length;
  return (
    <section className="e-bar" aria-label="Emotion round">
      <div className="e-bar__row">
        <SmileIcon size={20} className="e-bar__mark" />
        <div className="e-bar__what">
          <h2 className="e-bar__question">{round.setup.question}</h2>
          <p className="e-bar__how">
            <EyeOffIcon size={14} />
            <span>{scores === null ? 'You have no answers to give in this round.' : PRIVATE}</span>
          </p>
        </div>
        {scores === null ? null : (
          <div className="e-bar__own">
            <p className="e-bar__count">{placedWords(placed, there.length)}</p>
            {placed === 0 && saving === 'saved' ? null : (
              <p className={`e-bar__saved e-bar__saved--${saving}`} data-feelings-state={saving}>
                {savingWords(saving)}
              </p>
            )}
            <Button
              size="s"
              variant={isAnswering ? 'secondary' : 'primary'}
              icon={isAnswering ? ChevronUpIcon : ChevronDownIcon}
              aria-expanded={isAnswering}
              {...(isAnswering ? { 'aria-controls': id } : {})}
              onPress={() => setAnswering(!isAnswering)}
            >
              {isAnswering ? 'Fold away' : 'Place your feelings'}
            </Button>
          </div>
        )}
        <ClosesIn until={round.until} place="bar" />
      </div>
      {isAnswering && scores !== null ? (
        <Answer round={round} own={own} scores={scores} id={id} />
      ) : null}
    </section>
  );
}

function EndedBar({
  round,
  onDismiss,
}: {
  readonly round: EmotionRoundView;
  readonly onDismiss: () => void;
}): JSX.Element {
  const board = useBoard();
  const isClosed = round.state === 'closed';
  return (
    <section
      className="e-bar e-bar--ended"
      aria-label="The emotion round that has ended"
      data-ended
    >
      <div className="e-bar__row">
        <SmileIcon size={20} className="e-bar__mark" />
        <div className="e-bar__what">
          <h2 className="e-bar__question">
            {isClosed ? 'How it felt: ' : 'Cancelled: '}
            {round.setup.question}
          </h2>
          <p className="e-bar__how">
            {isClosed ? outcomeWords(round) : 'It has no result, and nobody’s answers are kept.'}
          </p>
        </div>
        <div className="e-bar__own">
          {isClosed && (round.result?.length ?? 0) > 0 ? (
            <Button
              size="s"
              variant="primary"
              onPress={() => {
                chosenRound.set(round.id);
                board.dialog.set('feelings');
              }}
            >
              Show how it felt
            </Button>
          ) : null}
          <IconButton label="Dismiss" icon={CloseIcon} size="s" onPress={onDismiss} />
        </div>
      </div>
    </section>
  );
}
