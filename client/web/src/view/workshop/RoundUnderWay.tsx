// An open round of either kind as its facilitator sees it: the time left, who is done and how many have begun, and its two ends.
import { type JSX, type ReactNode, useState } from 'react';
import type { EmotionRoundView, RoundView } from '../../wire/channel';
import { Button, Dialog } from '../ui';
import { HowFar } from './HowFar';
import './round-under-way.css';
import { ClosesIn } from './ClosesIn';
import { useCommand, usePersonal, useShared } from './use-workshop';

export interface RoundWords {
  /** 'voter is', 'voters are'. */
  readonly one: string;
  readonly many: string;
  /** What the list of those who are done is called. */
  readonly done: string;
  readonly close: string;
  readonly cancelTitle: string;
  readonly cancel: string;
  /** What is deleted with it. */
  readonly lost: string;
}

export function RoundUnderWay({
  round,
  words,
  children = null,
}: {
  readonly round: RoundView | EmotionRoundView;
  readonly words: RoundWords;
  /** What else there is to say, above its two ends. */
  readonly children?: ReactNode;
}): JSX.Element {
  const command = useCommand();
  const progress = usePersonal()?.progress;
  const people = useShared()?.people ?? [];
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const close = async (): Promise<void> => {
    setBusy(true);
    await command({ closeRound: { round: round.id } });
    setBusy(false);
  };
  return (
    <>
      <ClosesIn until={round.until} place="panel" />
      {progress?.round === round.id ? (
        <HowFar
          share={progress.voters === 0 ? 0 : progress.done.length / progress.voters}
          names={people.filter(({ id }) => progress.done.includes(id))}
          whose={words.done}
        >
          <b>
            {progress.done.length} of {progress.voters}
          </b>{' '}
          {progress.voters === 1 ? words.one : words.many} done, {progress.begun}{' '}
          {progress.begun === 1 ? 'has' : 'have'} begun
        </HowFar>
      ) : null}
      {children}
      <div className="round-ends">
        <Button variant="primary" isPending={isBusy} onPress={() => void close()}>
          {words.close}
        </Button>
        <Button variant="ghost" onPress={() => setAsking(true)}>
          Cancel…
        </Button>
      </div>
      <Dialog
        title={words.cancelTitle}
        role="alertdialog"
        width="s"
        isOpen={isAsking}
        onOpenChange={setAsking}
        footer={
          <>
            <Button onPress={() => setAsking(false)}>Keep it open</Button>
            <Button
              variant="danger"
              onPress={() => {
                setAsking(false);
                void command({ cancelRound: { round: round.id } });
              }}
            >
              {words.cancel}
            </Button>
          </>
        }
      >
        <p>
          {words.lost} are deleted and there will be no result. To end it with a result, close it
          instead.
        </p>
      </Dialog>
    </>
  );
}
