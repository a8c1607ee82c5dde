// This person's own answers in the open emotion round: what the server has of them, with what was placed since laid over it, until the
// server's view shows it or refuses it. Held by whoever shows the round, for as long as the map is open.
import { derivedStore, type Store } from '../sync/store';
import type { CommandRefused, WorkshopChannel } from '../sync/workshop';
import type { EmotionRoundView, Score, Shared } from '../wire/channel';
import { Pending } from './pending';

/** The answers by stage; a stage that is not answered is not in it. */
export type Scores = Readonly<Record<string, Score>>;

export type FeelingSaving = 'saved' | 'saving' | 'waiting';

/** Milliseconds of rest after which a feeling goes out; one that is let go of goes at once. */
const PAUSE = 300;

export class OwnFeelings {
  /** Null while no round is open in which this person has answers to give. */
  readonly scores: Store<Scores | null>;
  readonly saving: Store<FeelingSaving>;
  readonly #pending: Pending<Score | null>;
  readonly #workshop: WorkshopChannel;
  readonly #stop: () => void;

  constructor(
    workshop: WorkshopChannel,
    isConnected: Store<boolean>,
    refused: (why: CommandRefused) => void,
  ) {
    this.#workshop = workshop;
    this.#pending = new Pending<Score | null>({
      send: (key, score) => {
        const { round, stage } = partsOf(key);
        return workshop.send({ feel: { round, stage, ...(score === null ? {} : { score }) } });
      },
      view: workshop.personal,
      shows: (key, score) => (this.#seen(key) ?? null) === score,
      refused: (_key, _score, why) => refused(why),
      pause: PAUSE,
    });
    const { wishes } = this.#pending;
    this.scores = derivedStore([workshop.personal, wishes], () => this.#merged(), sameScores);
    this.saving = derivedStore([wishes, isConnected], () => {
      if ([...wishes.get().values()].every(({ at }) => at === 'answered')) return 'saved';
      return isConnected.get() ? 'saving' : 'waiting';
    });
    // A wish for a round that is over is nobody's any more.
    this.#stop = workshop.personal.subscribe(() => {
      const open = workshop.personal.get()?.feelings?.round;
      for (const [key, { at }] of wishes.get()) {
        if (partsOf(key).round !== open && at === 'waiting') this.#pending.forget(key);
      }
    });
  }

  /** With each move; null takes it back. */
  place(stage: string, score: Score | null): void {
    const key = this.#keyOf(stage);
    if (key !== null) this.#pending.want(key, score);
  }

  /** The person has let go of it. */
  settle(stage: string): void {
    const key = this.#keyOf(stage);
    if (key !== null) this.#pending.flush(key);
  }

  stop(): void {
    this.#stop();
    for (const key of this.#pending.wishes.get().keys()) this.#pending.flush(key);
    this.#pending.stop();
  }

  #keyOf(stage: string): string | null {
    const round = this.#workshop.personal.get()?.feelings?.round;
    return round === undefined ? null : `${round} ${stage}`;
  }

  #seen(key: string): Score | undefined {
    const { round, stage } = partsOf(key);
    const feelings = this.#workshop.personal.get()?.feelings;
    return feelings?.round === round ? feelings.scores[stage] : undefined;
  }

  #merged(): Scores | null {
    const feelings = this.#workshop.personal.get()?.feelings;
    if (feelings === undefined) return null;
    const scores: Record<string, Score> = { ...feelings.scores };
    for (const [key, { value }] of this.#pending.wishes.get()) {
      const { round, stage } = partsOf(key);
      if (round !== feelings.round) continue;
      if (value === null) delete scores[stage];
      else scores[stage] = value;
    }
    return scores;
  }
}

/** Answers are one round's: a wish never slips into the next. */
function partsOf(key: string): { readonly round: number; readonly stage: string } {
  const [round = '', stage = ''] = key.split(' ');
  return { round: Number(round), stage };
}

function sameScores(a: Scores | null, b: Scores | null): boolean {
  return a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));
}

/** The emotion round that is open; at most one is. */
export function openEmotionRound(shared: Shared | null): EmotionRoundView | undefined {
  return shared?.emotionRounds.find(({ state }) => state === 'open');
}

/** Those that have a result, the one closed last first. */
export function closedEmotionRounds(shared: Shared | null): readonly EmotionRoundView[] {
  return (shared?.emotionRounds ?? [])
    .filter(({ state, result }) => state === 'closed' && result !== undefined)
    .toReversed();
}
