// How the room felt, for everyone: the picture of a round, its stages with the widest disagreement first, for facilitators the way to put the
// medians on the map, and the earlier rounds.
import type { JSX } from 'react';
import { answersWords, rangeWords, stageWords } from '../../model/crowd-words';
import { stageName } from '../../model/report-words';
import type { EmotionRoundView } from '../../wire/channel';
import { useBoard, useStore } from '../map/use';
import { ArrowRightIcon, Button, Dialog, EmptyState } from '../ui';
import { dayAndTime } from '../words';
import { usePersonal } from '../workshop/use-workshop';
import { ApplyMedian } from './ApplyMedian';
import { Picture } from './Picture';
import './result.css';
import { chosenRound, useChosenRound, useClosedEmotionRounds } from './use-feelings';

export function FeelingsDialog({ isOpen }: { readonly isOpen: boolean }): JSX.Element {
  const board = useBoard();
  const round = useChosenRound();
  const close = (): void => board.dialog.set(null);
  return (
    <Dialog
      title="How the room felt"
      width="l"
      isOpen={isOpen}
      onOpenChange={(on) => {
        if (!on) close();
      }}
    >
      {round === undefined ? (
        <EmptyState level={3} title="No result yet">
          The result of an emotion round shows here when it is closed.
        </EmptyState>
      ) : (
        <Result key={round.id} round={round} onLeave={close} />
      )}
    </Dialog>
  );
}

function Result({
  round,
  onLeave,
}: {
  readonly round: EmotionRoundView;
  readonly onLeave: () => void;
}): JSX.Element {
  const isFacilitator = usePersonal()?.role === 'facilitator';
  const isBlank = (round.result?.length ?? 0) === 0;
  return (
    <div className="e-result">
      <header>
        <h3 className="e-result__question">{round.setup.question}</h3>
        <p className="e-result__about">{aboutWords(round)}</p>
      </header>
      {isBlank ? (
        <EmptyState level={3} title="Nobody answered" />
      ) : (
        <>
          <Picture round={round} />
          <Disagreement round={round} onLeave={onLeave} />
          {isFacilitator ? <ApplyMedian round={round} /> : null}
        </>
      )}
      <Earlier shown={round} />
    </div>
  );
}

export function aboutWords(round: EmotionRoundView): string {
  return `${dayAndTime(round.opened)}, ${answersWords(round)}, without names`;
}

/** Widest first, as the server gives them: where the room differs most is where to talk. */
function Disagreement({
  round,
  onLeave,
}: {
  readonly round: EmotionRoundView;
  readonly onLeave: () => void;
}): JSX.Element {
  const board = useBoard();
  const stages = useStore(board.journey.stages.ids);
  return (
    <section aria-labelledby="e-apart">
      <h3 id="e-apart" className="e-result__part">
        Widest disagreement first
      </h3>
      <ol className="e-apart">
        {(round.result ?? []).map((feelings) => {
          const title = round.stages.find(({ stage }) => stage === feelings.stage)?.title ?? '';
          const name = stageName(title);
          return (
            <li key={feelings.stage} className="e-apart__one">
              <div className="e-apart__what">
                <b>{name}</b>
                <p>{stageWords(feelings)}</p>
                <p className="e-apart__range">{rangeWords(feelings)}</p>
              </div>
              {stages.includes(feelings.stage) ? (
                <Button
                  size="s"
                  variant="ghost"
                  icon={ArrowRightIcon}
                  aria-label={`Go to ${name}`}
                  onPress={() => {
                    onLeave();
                    // The dialog gives the focus back first.
                    setTimeout(() => board.visit({ kind: 'stage', stage: feelings.stage }));
                  }}
                >
                  Go there
                </Button>
              ) : (
                <span className="e-apart__gone">Deleted since</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Earlier({ shown }: { readonly shown: EmotionRoundView }): JSX.Element | null {
  const rounds = useClosedEmotionRounds();
  if (rounds.length < 2) return null;
  return (
    <section aria-labelledby="e-all">
      <h3 id="e-all" className="e-result__part">
        All emotion rounds
      </h3>
      <ul className="e-rounds">
        {rounds.map((round) => (
          <li key={round.id}>
            <button
              type="button"
              className="e-rounds__one"
              aria-current={round.id === shown.id}
              onClick={() => chosenRound.set(round.id)}
            >
              <span>{round.setup.question}</span>
              <span className="e-rounds__when">{aboutWords(round)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
