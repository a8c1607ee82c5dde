// Says of a vote what is worth saying, once, through the page's one live region.
import { useEffect, useRef } from 'react';
import {
  markPassed,
  type VoteLook,
  type VoteMoment,
  voteMoments,
} from '../../facilitation/vote-moments';
import { dotWords, standings } from '../../model/rounds';
import { quoted } from '../map/board';
import { useBoard } from '../map/use';
import { say, toast } from '../ui';
import { useSecondsUntil } from '../workshop/use-seconds';
import { useDesk, useOpenRound } from './use-rounds';
import { openedWords, outcomeWords } from './words';

export function useVoteVoice(): void {
  const desk = useDesk();
  const { personal } = useBoard().connection.workshop;
  const before = useRef<VoteLook>(undefined);
  useEffect(() => {
    const look = (): void => {
      const ballot = personal.get()?.ballot;
      const after = {
        rounds: desk.rounds.get(),
        dots: new Map(Object.entries(ballot?.dots ?? {})),
      };
      const moments = voteMoments(before.current, after);
      before.current = after;
      for (const moment of moments) tell(moment, ballot !== undefined);
    };
    // A round and the ballot in it come one behind the other: told of when both are here.
    let isSoon = false;
    let left = false;
    const soon = (): void => {
      if (isSoon) return;
      isSoon = true;
      setTimeout(() => {
        isSoon = false;
        if (!left) look();
      }, TOGETHER);
    };
    const stops = [desk.rounds.subscribe(soon), personal.subscribe(soon)];
    soon();
    return () => {
      left = true;
      for (const stop of stops) stop();
    };
  }, [desk, personal]);
  useLastSeconds();
}

/** Within this the two views of one record have come. Milliseconds. */
const TOGETHER = 150;

function tell(moment: VoteMoment, hasBallot: boolean): void {
  switch (moment.kind) {
    case 'opened':
      say(openedWords(moment.round, hasBallot));
      return;
    case 'reopened': {
      const how = moment.round.setup.anonymous
        ? 'It begins anew: dots of before do not count.'
        : 'Dots are as they were.';
      say(`The vote is open again: ${moment.round.setup.question} ${hasBallot ? how : ''}`.trim());
      return;
    }
    case 'closed': {
      const name = ({ text }: { readonly text: string }): string => quoted(text, 'the empty card');
      say(`The vote is closed. ${outcomeWords(moment.round, standings(moment.round), name)}`);
      return;
    }
    case 'cancelled':
      say('The vote was cancelled. It has no result.');
      return;
    case 'withdrawn':
      toast({
        title: `${quoted(moment.text, 'A card')} was deleted`,
        detail: `${moment.dots === 1 ? 'Your dot on it is' : `Your ${dotWords(moment.dots)} on it are`} back: place ${moment.dots === 1 ? 'it' : 'them'} on another card.`,
      });
  }
}

/** The last minute and the last ten seconds, for those who have a ballot. */
function useLastSeconds(): void {
  const desk = useDesk();
  const round = useOpenRound();
  const seconds = useSecondsUntil(round?.until);
  const before = useRef<number | null>(null);
  useEffect(() => {
    const mark = markPassed(before.current, seconds);
    before.current = seconds;
    const ballot = desk.voting.ballot.get();
    if (mark === undefined || ballot === null) return;
    const left = ballot.left === 0 ? '' : ` ${dotWords(ballot.left)} left.`;
    say(`${mark === 60 ? 'One minute' : `${mark} seconds`} left to vote.${left}`);
  }, [desk, seconds]);
}
