// How a round of dot voting is put in words: its rules before anybody votes, what one's own act has done, how it ended. One place, because a
// bar, a list, a panel and a screen reader must not say different things of the same vote.

import type { Ballot, Placed } from '../../facilitation/ballot';
import { listed } from '../../model/listed';
import type { Place } from '../../model/outcome';
import { dotWords, placeWords, type Standing, voterWords } from '../../model/rounds';
import type { Role, RoundSetup, RoundView } from '../../wire/channel';
import { dayAndTime } from '../words';

/** Whose names show, and when: told before anybody votes. */
export function namesWords({ anonymous }: Pick<RoundSetup, 'anonymous'>): string {
  return anonymous
    ? 'Anonymous: nobody can see who placed what'
    : 'With names: when it closes, everyone sees who placed what';
}

export function namesShort({ anonymous }: Pick<RoundSetup, 'anonymous'>): string {
  return anonymous ? 'Anonymous' : 'Names show when it closes';
}

export function totalsWords({ visibility }: Pick<RoundSetup, 'visibility'>): string {
  return visibility === 'secret'
    ? 'Secret: nobody sees a total before it closes'
    : 'Live: everyone sees the totals grow';
}

export function totalsShort({ visibility }: Pick<RoundSetup, 'visibility'>): string {
  return visibility === 'secret' ? 'Totals secret until it closes' : 'Totals show live';
}

export function mostWords({ dots, mostPerCard }: Pick<RoundSetup, 'dots' | 'mostPerCard'>): string {
  if (mostPerCard === 1) return 'one on a card';
  return mostPerCard === dots
    ? 'all of them on one card if you like'
    : `at most ${mostPerCard} on a card`;
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  participant: 'participants',
  facilitator: 'facilitators',
  observer: 'observers',
};

export function rolesWords({ roles }: Pick<RoundSetup, 'roles'>): string {
  const named = (roles ?? ['participant', 'facilitator']).map((role) => ROLE_WORDS[role]);
  return listed(named);
}

/** A whole setup in one line, for whoever opens it and for what is kept of it. */
export function setupWords(setup: RoundSetup): string {
  return [
    `${dotWords(setup.dots)} each`,
    mostWords(setup),
    setup.visibility === 'secret' ? 'secret totals' : 'live totals',
    setup.anonymous ? 'anonymous' : 'with names',
    ...(setup.seconds === undefined ? [] : [`${durationWords(setup.seconds)}`]),
  ].join(', ');
}

export function durationWords(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} seconds`;
  return seconds === 60 ? '1 minute' : `${seconds / 60} minutes`;
}

/** What is said once to whoever is in the map when a vote begins. */
export function openedWords(round: RoundView, hasBallot: boolean): string {
  const { setup } = round;
  const begun = `A vote has begun${round.runOffOf === undefined ? '' : ', a run-off'}: ${setup.question}`;
  const stop = /[.?!…]$/u.test(begun) ? '' : '.';
  if (!hasBallot) return `${begun}${stop} You are watching it.`;
  return `${begun}${stop} You have ${dotWords(setup.dots)}, ${mostWords(setup)}. ${namesWords(setup)}.`;
}

/** What an own act on a card has done. `name` is the card's, in quotes. */
export function placedWords(placed: Placed, name: string): string {
  switch (placed.kind) {
    case 'placed':
    case 'same':
      return `${placed.dots === 0 ? 'No dot' : dotWords(placed.dots)} on ${name}; ${placed.left === 0 ? 'none' : placed.left} left`;
    case 'none-left':
      return 'No dots left. Take one back from another card first.';
    case 'most':
      return `${name} takes at most ${dotWords(placed.most)} of yours`;
    case 'withdrawn':
      return `${name} was deleted and is out of the vote`;
    case 'not-in-round':
      return `${name} is not in this vote`;
    case 'no-ballot':
      return 'No vote is open';
  }
}

/** What one's dots on a card are called in its name. */
export function ownWords(dots: number): string {
  return dots === 0 ? 'in the vote, no dot of yours' : `in the vote, ${dotWords(dots)} of yours`;
}

export function liveWords(dots: number): string {
  return `${dotWords(dots)} in all so far`;
}

export function resultWords(place: Place): string {
  const after = place.runOff === undefined ? '' : ' after a run-off';
  return `${dotWords(place.dots)} in the vote, ${placeWords(place)}${after}`;
}

export function leftWords({ left, round }: Pick<Ballot, 'left' | 'round'>): string {
  return `${left} of ${dotWords(round.setup.dots)} left`;
}

/** The outcome in one sentence: "“A” has the most dots, 7, from 4 voters." */
export function outcomeWords(
  round: RoundView,
  places: readonly Standing[],
  name: (card: Standing) => string,
): string {
  const first = places.filter(({ rank }) => rank === 1);
  const [top] = first;
  const voters = voterWords(round.voters ?? 0);
  if (top === undefined) return 'Nobody placed a dot.';
  if (first.length === 1)
    return `${name(top)} has the most dots: ${top.dots}. ${voters} took part.`;
  const named = first.length > 3 ? `${first.length} cards` : listed(first.map(name));
  return `A tie: ${named} have ${dotWords(top.dots)} each. ${voters} took part.`;
}

/** The server's reasons begin small, as they stand behind its own words. */
export function sentence(why: string): string {
  return `${why.slice(0, 1).toUpperCase()}${why.slice(1)}${/[.!?]$/u.test(why) ? '' : '.'}`;
}

/** Which vote a result is of: "“What first?”, 4 voters, 16 Nov, 10:42". */
export function aboutWords(round: RoundView): string {
  return [`“${round.setup.question}”`, voterWords(round.voters ?? 0), dayAndTime(round.ended)].join(
    ', ',
  );
}
