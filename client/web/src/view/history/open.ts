// Opens the history of a map: what there is of it at a glance, and a player that stands at its beginning or at the moment of a link.
import { Player } from '../../model/history/player';
import { Reel } from '../../model/history/reel';
import { Replay } from '../../model/history/replay';
import type { HistoryReport } from '../../wire/history';
import { historyRecords, mapHistory, stateAt } from '../../wire/past';
import { laidOver, type Tape, viewOf } from '../../wire/tape';

export interface OpenHistory {
  /** As far as is known while the rest is read. */
  readonly history: HistoryReport;
  readonly whole: Promise<HistoryReport>;
  /** Asks for all of it anew. */
  readonly askAgain: () => Promise<HistoryReport>;
  readonly player: Player;
}

/** A link leads past the end of the history: it is mistyped, or of another map. */
export class NoSuchMoment extends Error {
  override readonly name = 'NoSuchMoment';
}

/** What the first records say of it: enough to play them. */
function glanceAt(tape: Tape): HistoryReport {
  const [first, began] = [tape.seq[0], tape.at[0]];
  const ended = tape.at[tape.count - 1] ?? began;
  let view = tape.opening;
  for (let index = 0; index < tape.count; index += 1) {
    const change = viewOf(tape, index);
    if (change !== undefined) view = laidOver(view, change);
  }
  const session =
    first === undefined || began === undefined || ended === undefined
      ? []
      : [
          {
            first,
            last: tape.last,
            began,
            ended,
            width: 1000,
            activity: [],
            shares: [],
            there: [],
          },
        ];
  return {
    seq: tape.last,
    at: ended ?? 0,
    people: view.people.map((one) => ({ ...one, removed: false })),
    sessions: session,
    moments: [],
  };
}

/** Plays as soon as the first records are here; the glance at all of them may take longer. */
export async function openHistory(map: string, at: number | undefined): Promise<OpenHistory> {
  const whole = mapHistory(map);
  // Whoever waits for it is told; until then nobody has to.
  whole.catch(() => undefined);
  const first = await historyRecords(map, 1, Number.MAX_SAFE_INTEGER);
  if (at !== undefined && at > first.last) {
    throw new NoSuchMoment(`The history of this map ends with record ${first.last}.`);
  }
  const history = first.count === 0 ? await whole : glanceAt(first);
  const reel = new Reel(first.last, (from, to) =>
    from === 1 ? Promise.resolve(first) : historyRecords(map, from, to),
  );
  const player = new Player(new Replay(reel, (seq) => stateAt(map, seq)), first.at[0] ?? 0);
  await player.seek(at ?? first.seq[0] ?? 1);
  return { history, whole, askAgain: () => mapHistory(map), player };
}

/** The moment that an address asks for. */
export function momentIn(search: string): number | undefined {
  const asked = new URLSearchParams(search).get('at') ?? '';
  return /^\d{1,15}$/.test(asked) && Number(asked) > 0 ? Number(asked) : undefined;
}
