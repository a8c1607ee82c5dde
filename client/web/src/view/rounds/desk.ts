// Everything of votes that the parts of a map's page share: the own ballot, what cards show, which dialog is open. One per board. While
// `attach` holds it is on the board itself, where the cards and the keys find it.
import { type Ballot, type Voting, votingOf } from '../../facilitation/ballot';
import { roundsOf } from '../../facilitation/rounds';
import type { Place } from '../../model/outcome';
import { closedRounds, dotWords, openRound } from '../../model/rounds';
import { votesInSight } from '../../model/votes';
import { createStore, derivedStore, type Store, type WritableStore } from '../../sync/store';
import type { RoundId, RoundView } from '../../wire/channel';
import { type Board, quoted } from '../map/board';
import type { Hand, Votes } from '../map/votes';
import { say, toast } from '../ui';
import { aboutWords, liveWords, ownWords, placedWords, resultWords, sentence } from './words';

export type RoundsDialog = 'list' | 'results' | 'compare' | 'receipt';

/** What one card shows of votes. */
export type OnCard =
  | {
      readonly kind: 'ballot';
      readonly dots: number;
      readonly most: number;
      /** The total so far, in a round with live totals. */
      readonly live: number | undefined;
    }
  | { readonly kind: 'watched'; readonly live: number | undefined }
  | { readonly kind: 'result'; readonly place: Place };

export interface RoundsDesk {
  readonly voting: Voting;
  readonly rounds: Store<readonly RoundView[]>;
  readonly dialog: WritableStore<RoundsDialog | null>;
  /** What one's last act could not do, for the eye; spoken it is anyway. */
  readonly hitch: WritableStore<string | null>;
  /** The closed round that is shown in full; the latest while nobody has chosen. */
  readonly chosen: WritableStore<RoundId | null>;
  /** Receipts of the anonymous rounds this page was there for. In its memory alone: a stored one would lead to its voter. */
  readonly receipts: ReadonlyMap<RoundId, string>;
  readonly place: Hand['place'];
  onCard(card: string): OnCard | undefined;
  /** Puts votes on the board, drawn on cards by `Face`; returns the way to take them off. */
  attach(Face: Votes['Face']): () => void;
}

const desks = new WeakMap<Board, RoundsDesk>();

export function roundsDesk(board: Board): RoundsDesk {
  const known = desks.get(board);
  if (known !== undefined) return known;
  const made = openDesk(board);
  desks.set(board, made);
  return made;
}

/** What all cards need of the open round, looked up by card. */
interface Open {
  readonly round: RoundView;
  readonly targets: ReadonlySet<string>;
  readonly live: ReadonlyMap<string, number> | undefined;
}

function openDesk(board: Board): RoundsDesk {
  const { workshop } = board.connection;
  const voting = votingOf(workshop);
  const rounds = roundsOf(workshop.shared);
  const dialog = createStore<RoundsDialog | null>(null);
  const hitch = createStore<string | null>(null);
  const chosen = createStore<RoundId | null>(null);
  const receipts = new Map<RoundId, string>();
  const open = derivedStore([rounds], () => openOf(rounds.get()));
  const result = derivedStore([rounds], () => votesInSight(rounds.get()));

  const onCard = (card: string): OnCard | undefined => {
    const now = open.get();
    if (now === undefined) {
      const place = board.showsDots.get() ? result.get()?.byCard.get(card) : undefined;
      return place === undefined ? undefined : { kind: 'result', place };
    }
    // While a vote is open the map shows nothing of an earlier one: people should not follow it.
    if (!now.targets.has(card)) return undefined;
    const live = now.live === undefined ? undefined : (now.live.get(card) ?? 0);
    const ballot = voting.ballot.get();
    if (ballot?.round.id !== now.round.id) return { kind: 'watched', live };
    const dots = ballot.dots.get(card) ?? 0;
    return { kind: 'ballot', dots, most: now.round.setup.mostPerCard, live };
  };

  const place: Hand['place'] = (card, change) => {
    const ballot = voting.ballot.get();
    const before = ballot?.dots.get(card) ?? 0;
    const placed = voting.place(card, 'to' in change ? change.to : before + change.by);
    const words = placedWords(placed, nameOf(board, ballot, card));
    hitch.set(placed.kind === 'placed' || placed.kind === 'same' ? null : words);
    say(words);
  };
  const hand: Hand = {
    place,
    isTarget: (card) => open.get()?.targets.has(card) === true,
    openList: () => dialog.set('list'),
  };
  const paper = (): Votes['paper'] => {
    const now = board.showsDots.get() ? result.get() : null;
    if (now === null) return null;
    const of = (card: string): string => {
      const found = now.byCard.get(card);
      return found === undefined ? '' : resultWords(found);
    };
    return { about: aboutWords(now.round), of };
  };
  const votes = (Face: Votes['Face']): Votes => ({
    Face,
    of: (card) => wordsOf(onCard(card)),
    hasResult: closedRounds(rounds.get()).length > 0,
    paper: paper(),
    hand: voting.ballot.get() === null ? null : hand,
    showResults: () => dialog.set('results'),
  });

  return {
    voting,
    rounds,
    dialog,
    hitch,
    chosen,
    receipts,
    place,
    onCard,
    attach(Face) {
      const put = (): void => {
        const ballot = voting.ballot.get();
        if (ballot?.receipt !== undefined) receipts.set(ballot.round.id, ballot.receipt);
        board.votes.set(votes(Face));
      };
      const stops = [rounds, voting.ballot, board.showsDots].map((store) => store.subscribe(put));
      const stopHearing = voting.onRefused(({ card, dots, why, rule }) => {
        const name = nameOf(board, voting.ballot.get(), card);
        if (rule === 'VOTE-7') {
          // Sent twice over a lost connection, it may have come in time and been answered to nobody.
          toast({
            title: 'The vote ended before the server answered',
            detail: `Your last change on ${name} may not have counted.`,
            tone: 'bad',
          });
          return;
        }
        toast({
          title: `Taken back: ${dots === 0 ? 'no dot' : dotWords(dots)} on ${name}`,
          detail: sentence(why),
          tone: 'bad',
        });
      });
      put();
      return () => {
        for (const stop of stops) stop();
        stopHearing();
        board.votes.set(null);
      };
    },
  };
}

function openOf(rounds: readonly RoundView[]): Open | undefined {
  const round = openRound(rounds);
  if (round === undefined) return undefined;
  return {
    round,
    targets: new Set(round.targets.filter((one) => !one.withdrawn).map(({ card }) => card)),
    live: round.result && new Map(round.result.map(({ card, dots }) => [card, dots])),
  };
}

function wordsOf(on: OnCard | undefined): string {
  switch (on?.kind) {
    case undefined:
      return '';
    case 'ballot':
      return [ownWords(on.dots), ...(on.live === undefined ? [] : [liveWords(on.live)])].join(', ');
    case 'watched':
      return ['in the vote', ...(on.live === undefined ? [] : [liveWords(on.live)])].join(', ');
    case 'result':
      return resultWords(on.place);
  }
}

/** The card in quotes: as it is now, or as it was when the round opened. */
export function nameOf(board: Board, ballot: Ballot | null, card: string): string {
  const now = board.journey.card(card).get()?.text;
  const then = ballot?.round.targets.find((one) => one.card === card)?.text;
  return quoted(now ?? then ?? '', 'the empty card');
}
