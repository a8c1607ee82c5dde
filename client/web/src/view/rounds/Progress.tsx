// The open vote as its facilitator sees it: who is done, how many have begun, the time left; never what anybody placed. And its two ends.
import { type JSX, useState } from 'react';
import { clockFace } from '../../facilitation/moments';
import { dotsPlaced, dotWords } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import { Avatar, Button, CheckIcon, Dialog } from '../ui';
import { count } from '../words';
import { useSecondsUntil } from '../workshop/use-seconds';
import { useCommand, usePersonal, useShared } from '../workshop/use-workshop';
import { rolesWords, setupWords } from './words';

export function Progress({ round }: { readonly round: RoundView }): JSX.Element {
  const { setup } = round;
  const command = useCommand();
  const progress = usePersonal()?.progress;
  const seconds = useSecondsUntil(round.until);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const close = async (): Promise<void> => {
    setBusy(true);
    await command({ closeRound: { round: round.id } });
    setBusy(false);
  };
  const targets = round.targets.filter(({ withdrawn }) => !withdrawn).length;
  const gone = round.targets.length - targets;
  return (
    <section className="v-open" aria-label="The open vote">
      <header>
        <p className="v-open__kicker">
          {round.runOffOf === undefined ? 'Open vote' : `Run-off of vote ${round.runOffOf}`}
        </p>
        <h4 className="v-open__question">{setup.question}</h4>
        <p className="v-open__setup">
          {count(targets, 'card', 'cards')}, {setupWords(setup)}. For {rolesWords(setup)}.
        </p>
        {gone === 0 ? null : (
          <p className="v-open__setup">
            {count(gone, 'card was', 'cards were')} deleted meanwhile; dots on{' '}
            {gone === 1 ? 'it' : 'them'} went back.
          </p>
        )}
      </header>
      {seconds === null ? null : (
        <p className={`v-open__time ${seconds <= 60 ? 'v-open__time--last' : ''}`} role="timer">
          <b>{clockFace(seconds)}</b> left
        </p>
      )}
      {progress?.round === round.id ? (
        <Done done={progress.done} begun={progress.begun} voters={progress.voters} />
      ) : null}
      {round.result === undefined ? null : (
        <p className="v-open__setup">{dotWords(dotsPlaced(round.result))} placed so far.</p>
      )}
      <div className="v-open__acts">
        <Button variant="primary" isPending={isBusy} onPress={() => void close()}>
          Close and show the result
        </Button>
        <Button variant="ghost" onPress={() => setAsking(true)}>
          Cancel…
        </Button>
      </div>
      <Dialog
        title="Cancel this vote?"
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
              Cancel the vote
            </Button>
          </>
        }
      >
        <p>
          Everybody’s dots are deleted and there will be no result. To end it with a result, close
          it instead.
        </p>
      </Dialog>
    </section>
  );
}

/** Names only of those who have placed every dot: who else has begun is a number. */
function Done({
  done,
  begun,
  voters,
}: {
  readonly done: readonly string[];
  readonly begun: number;
  readonly voters: number;
}): JSX.Element {
  const people = useShared()?.people ?? [];
  const named = done
    .map((id) => people.find((person) => person.id === id))
    .filter((one) => one !== undefined);
  const share = voters === 0 ? 0 : done.length / voters;
  return (
    <div className="v-done">
      <p className="v-done__sum">
        <b>
          {done.length} of {voters}
        </b>{' '}
        {voters === 1 ? 'voter is' : 'voters are'} done, {begun} {begun === 1 ? 'has' : 'have'}{' '}
        begun
      </p>
      <span className="v-done__bar" aria-hidden="true">
        <span style={{ width: `${100 * share}%` }} />
      </span>
      {named.length === 0 ? null : (
        <ul className="v-done__names" aria-label="Who has placed every dot">
          {named.map((person) => (
            <li key={person.id}>
              <Avatar name={person.name} color={person.color} size="s" decorative />
              {person.name}
              <CheckIcon size={14} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
