// The bar of the open vote, the same question and time on every screen: what one has left, how to place it, and what becomes of names and
// totals, said before anybody votes. Whoever has no ballot sees that a vote is on.
import type { JSX } from 'react';
import { dotWords } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import { useBoard, usePart, useStore } from '../map/use';
import { Button, EyeIcon, EyeOffIcon, KeyIcon, PeopleIcon } from '../ui';
import { ClosesIn } from '../workshop/ClosesIn';
import { Dots } from './Dots';
import { useBallot, useDesk } from './use-rounds';
import { mostWords, namesShort, namesWords, totalsShort, totalsWords } from './words';

export function OpenBar({
  round,
  isWatching,
}: {
  readonly round: RoundView;
  readonly isWatching: boolean;
}): JSX.Element {
  const { setup } = round;
  const ballot = useBallot();
  const hasBallot = ballot !== null;
  return (
    <section
      aria-label="Voting"
      className={`v-bar ${hasBallot ? '' : 'v-bar--watching'}`}
      {...(ballot === null ? {} : { 'data-waiting': ballot.waiting })}
    >
      <div className="v-bar__what">
        <h2 className="v-bar__question">
          {round.runOffOf === undefined ? '' : 'Run-off: '}
          {setup.question}
        </h2>
        <Rules round={round} />
      </div>
      <Hand isWatching={isWatching} />
      <ClosesIn until={round.until} place="bar" />
    </section>
  );
}

/** What becomes of names and totals: in full for whoever points at it, in short for the eye. */
function Rules({ round }: { readonly round: RoundView }): JSX.Element {
  const { setup } = round;
  const SecretMark = setup.visibility === 'secret' ? EyeOffIcon : EyeIcon;
  return (
    <ul className="v-bar__rules">
      <li title={namesWords(setup)} className={setup.anonymous ? '' : 'v-bar__rule--strong'}>
        {setup.anonymous ? <EyeOffIcon size={14} /> : <PeopleIcon size={14} />}
        {namesShort(setup)}
      </li>
      <li title={totalsWords(setup)}>
        <SecretMark size={14} />
        {totalsShort(setup)}
      </li>
    </ul>
  );
}

function Hand({ isWatching }: { readonly isWatching: boolean }): JSX.Element {
  const desk = useDesk();
  const ballot = useBallot();
  const hitch = useStore(desk.hitch);
  const isOffline = usePart(useBoard().connection.status, ({ kind }) => kind === 'offline');
  if (ballot === null) {
    return (
      <p className="v-bar__watch">
        {isWatching
          ? 'You are watching: observers have no ballot in this vote.'
          : 'You have no ballot in this vote.'}
      </p>
    );
  }
  const { left, round, receipt, waiting } = ballot;
  const { dots } = round.setup;
  return (
    <>
      <div className="v-bar__left">
        <Dots filled={left} of={dots} />
        <p className="v-bar__count">
          <b>{left}</b> of {dotWords(dots)} left
        </p>
        <p className={hitch === null ? 'v-bar__how' : 'v-bar__how v-bar__how--hitch'}>
          {hitch ??
            (isOffline && waiting > 0
              ? `Offline: your dots on ${waiting === 1 ? '1 card wait' : `${waiting} cards wait`} for the connection.`
              : `Press + or − on a card, ${mostWords(round.setup)}.`)}
        </p>
      </div>
      <div className="v-bar__acts">
        <Button size="s" variant="primary" onPress={() => desk.dialog.set('list')}>
          Vote in a list
        </Button>
        {receipt === undefined ? null : (
          <Button
            size="s"
            variant="ghost"
            icon={KeyIcon}
            onPress={() => desk.dialog.set('receipt')}
          >
            Receipt
          </Button>
        )}
      </div>
    </>
  );
}
