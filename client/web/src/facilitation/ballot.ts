// One's own ballot in the open round: what the server says of it, with what one has just asked for on top. A dot shows at once; the
// server's view is the truth, and what it refuses goes back. One per connection; every part of the page that shows or places dots asks it.
import type { Store, WritableStore } from '../sync/store';
import { createStore } from '../sync/store';
import { CommandRefused, type WorkshopChannel } from '../sync/workshop';
import type { BallotView, Personal, RoundId, RoundView } from '../wire/channel';
import { roundsOf } from './rounds';

export interface Ballot {
  readonly round: RoundView;
  /** Own dots by card; those without any are not in it. */
  readonly dots: ReadonlyMap<string, number>;
  readonly left: number;
  /** How many cards the server has not answered for yet. */
  readonly waiting: number;
  /** In an anonymous round, the pseudonym it is kept under. */
  readonly receipt: string | undefined;
}

/** What became of a wish at once, before the server is asked. */
export type Placed =
  | { readonly kind: 'placed'; readonly dots: number; readonly left: number }
  | { readonly kind: 'same'; readonly dots: number; readonly left: number }
  | { readonly kind: 'none-left' }
  | { readonly kind: 'most'; readonly most: number }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'not-in-round' }
  | { readonly kind: 'no-ballot' };

/** A wish that the server did not grant. */
export interface Refused {
  readonly card: string;
  /** How many dots are on it now, by the server's word. */
  readonly dots: number;
  readonly why: string;
  /** The rule of SPEC.md. */
  readonly rule: string;
}

export interface Voting {
  /** Null while no round is open in which this person has a ballot. */
  readonly ballot: Store<Ballot | null>;
  /** Sets how many of one's dots are on a card. */
  place(card: string, dots: number): Placed;
  /** Hears of each wish that was refused; returns the way to stop. */
  onRefused(hear: (refused: Refused) => void): () => void;
}

interface Wish {
  readonly dots: number;
  /** Each wish on a card has its own: only the answer to the last one counts. */
  readonly number: number;
  /** Done, says the server; its next view has it. */
  isDone: boolean;
}

/**
 * How long a granted wish waits for the view that shows it. The two come together; only after a lost connection the view may have come
 * first, and with another tab's dots on the card it would never fit. Milliseconds.
 */
const VIEW_PATIENCE = 1000;

const known = new WeakMap<WorkshopChannel, Voting>();

export function votingOf(workshop: WorkshopChannel): Voting {
  const found = known.get(workshop);
  if (found !== undefined) return found;
  const made = openVoting(workshop);
  known.set(workshop, made);
  return made;
}

export function openVoting(workshop: WorkshopChannel): Voting {
  const { personal } = workshop;
  const rounds = roundsOf(workshop.shared);
  const wishes = new Map<string, Wish>();
  /** The number of the last wish on each card, kept beyond the end of its round: whoever's dot came too late is told. */
  const last = new Map<string, number>();
  const hearers = new Set<(refused: Refused) => void>();
  const ballot: WritableStore<Ballot | null> = createStore<Ballot | null>(null, sameBallot);
  let round: RoundId | undefined;
  let count = 0;
  let heard: Personal | null = personal.get();

  const show = (): void => {
    const view = ballotView(personal.get());
    const open = rounds.get().find(({ id, state }) => id === view?.round && state === 'open');
    if (open?.id !== round) {
      wishes.clear();
      round = open?.id;
    }
    ballot.set(view === undefined || open === undefined ? null : withWishes(view, open, wishes));
  };
  const onPersonal = (): void => {
    if (personal.get() !== heard) {
      heard = personal.get();
      for (const [card, wish] of wishes) if (wish.isDone) wishes.delete(card);
    }
    show();
  };
  rounds.subscribe(show);
  personal.subscribe(onPersonal);
  show();

  const drop = (card: string, number: number): void => {
    if (wishes.get(card)?.number !== number) return;
    wishes.delete(card);
    show();
  };
  const onDone = (card: string, number: number): void => {
    const wish = wishes.get(card);
    if (wish?.number !== number) return;
    if ((ballotView(personal.get())?.dots[card] ?? 0) === wish.dots) {
      drop(card, number);
      return;
    }
    wish.isDone = true;
    setTimeout(() => drop(card, number), VIEW_PATIENCE);
  };
  const onFailed = (card: string, number: number, error: unknown): void => {
    if (!(error instanceof CommandRefused)) throw error;
    if (last.get(card) !== number) return;
    drop(card, number);
    // Without a rule it is the page that went, and nobody is there to be told.
    if (error.rule === '') return;
    const dots = ballot.get()?.dots.get(card) ?? 0;
    for (const hear of [...hearers]) hear({ card, dots, why: error.why, rule: error.rule });
  };

  return {
    ballot,
    place(card, dots) {
      const now = ballot.get();
      if (now === null) return { kind: 'no-ballot' };
      const placed = judge(now, card, dots);
      if (placed.kind !== 'placed') return placed;
      count += 1;
      const number = count;
      wishes.set(card, { dots, number, isDone: false });
      last.set(card, number);
      workshop.send({ vote: { round: now.round.id, card, dots } }).then(
        () => onDone(card, number),
        (error: unknown) => onFailed(card, number, error),
      );
      show();
      return placed;
    },
    onRefused(hear) {
      hearers.add(hear);
      return () => {
        hearers.delete(hear);
      };
    },
  };
}

/** By the rules of the server, so that most refusals never leave the page (VOTE-1, VOTE-3, VOTE-6). */
export function judge(ballot: Ballot, card: string, dots: number): Placed {
  const { round, left } = ballot;
  const target = round.targets.find((one) => one.card === card);
  if (target === undefined) return { kind: 'not-in-round' };
  if (target.withdrawn) return { kind: 'withdrawn' };
  const before = ballot.dots.get(card) ?? 0;
  const wanted = Math.max(0, dots);
  if (wanted === before) return { kind: 'same', dots: before, left };
  if (wanted > round.setup.mostPerCard) return { kind: 'most', most: round.setup.mostPerCard };
  if (wanted - before > left) return { kind: 'none-left' };
  return { kind: 'placed', dots: wanted, left: left - (wanted - before) };
}

function ballotView(personal: Personal | null): BallotView | undefined {
  return personal?.ballot;
}

function withWishes(view: BallotView, round: RoundView, wishes: ReadonlyMap<string, Wish>): Ballot {
  const dots = new Map(Object.entries(view.dots));
  const gone = new Set(round.targets.filter(({ withdrawn }) => withdrawn).map(({ card }) => card));
  for (const [card, wish] of wishes) {
    if (wish.dots === 0 || gone.has(card)) dots.delete(card);
    else dots.set(card, wish.dots);
  }
  const placed = [...dots.values()].reduce((sum, n) => sum + n, 0);
  return {
    round,
    dots,
    // Two tabs that race may ask for more than there are: one of them will be refused.
    left: Math.max(0, round.setup.dots - placed),
    waiting: [...wishes.values()].filter(({ isDone }) => !isDone).length,
    receipt: view.pseudonym,
  };
}

function sameBallot(a: Ballot | null, b: Ballot | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.round === b.round &&
    a.left === b.left &&
    a.waiting === b.waiting &&
    a.receipt === b.receipt &&
    a.dots.size === b.dots.size &&
    [...a.dots].every(([card, dots]) => b.dots.get(card) === dots)
  );
}
