// Opens the history of a map: what there is of it at a glance, and a player that stands at its beginning or at the moment of a link.
import { axisOf } from '../../model/history/axis';
import { Player } from '../../model/history/player';
import { Reel } from '../../model/history/reel';
import { Replay } from '../../model/history/replay';
import { historyRecords, mapHistory, stateAt } from '../../wire/api';
import type { HistoryReport } from '../../wire/history';

export interface OpenHistory {
  readonly history: HistoryReport;
  readonly player: Player;
}

/** A link leads past the end of the history: it is mistyped, or of another map. */
export class NoSuchMoment extends Error {
  override readonly name = 'NoSuchMoment';
}

/** How far from the beginning of the map its first session is worth looking at: not before there is a map to see. */
function firstSeq({ sessions }: HistoryReport): number {
  return sessions[0]?.first ?? 1;
}

export async function openHistory(map: string, at: number | undefined): Promise<OpenHistory> {
  // What plays first is asked for at once; the glance at all of it takes its time.
  const first = at === undefined ? historyRecords(map, 1, Number.MAX_SAFE_INTEGER) : undefined;
  // Asked for twice if it fails: the player says why then.
  first?.catch(() => undefined);
  const history = await mapHistory(map);
  if (at !== undefined && at > history.seq) {
    throw new NoSuchMoment(`The history of this map ends with record ${history.seq}.`);
  }
  const reel = new Reel(history.seq, async (from, to) => {
    if (from === 1 && first !== undefined) {
      const tape = await first.catch(() => undefined);
      if (tape !== undefined) return tape;
    }
    return historyRecords(map, from, to);
  });
  const player = new Player(new Replay(reel, (seq) => stateAt(map, seq)), axisBegin(history));
  await player.seek(at ?? firstSeq(history));
  return { history, player };
}

function axisBegin(history: HistoryReport): number {
  return axisOf(history).stretches[0]?.session.began ?? history.at;
}

/** The moment that an address asks for. */
export function momentIn(search: string): number | undefined {
  const asked = new URLSearchParams(search).get('at') ?? '';
  return /^\d{1,15}$/.test(asked) && Number(asked) > 0 ? Number(asked) : undefined;
}
