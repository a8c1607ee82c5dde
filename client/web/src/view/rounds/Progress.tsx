// The open vote as its facilitator sees it: what was asked, how far it is, and its two ends; never what anybody placed.
import type { JSX } from 'react';
import { dotsPlaced, dotWords } from '../../model/rounds';
import type { RoundView } from '../../wire/channel';
import { count } from '../words';
import { RoundUnderWay, type RoundWords } from '../workshop/RoundUnderWay';
import { rolesWords, setupWords } from './words';

/** Names only of those who have placed every dot: who else has begun is a number. */
const WORDS: RoundWords = {
  one: 'voter is',
  many: 'voters are',
  done: 'Who has placed every dot',
  close: 'Close and show the result',
  cancelTitle: 'Cancel this vote?',
  cancel: 'Cancel the vote',
  lost: 'Everybody’s dots',
};

export function Progress({ round }: { readonly round: RoundView }): JSX.Element {
  const { setup } = round;
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
      <RoundUnderWay round={round} words={WORDS}>
        {round.result === undefined ? null : (
          <p className="v-open__setup">{dotWords(dotsPlaced(round.result))} placed so far.</p>
        )}
      </RoundUnderWay>
    </section>
  );
}
