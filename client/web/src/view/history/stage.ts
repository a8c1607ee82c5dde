// The board that a replay is shown on: that of somebody who only looks, over a document and views that come from the past instead of a server.
import type { Replay } from '../../model/history/replay';
import { openStill } from '../../sync/still';
import { derivedStore, type Store } from '../../sync/store';
import type { Me, Shared } from '../../wire/types';
import { Board } from '../map/board';
import type { Somebody } from './words';

export interface Stage {
  readonly board: Board;
  /** Marks these cards as changed by somebody. */
  mark(changes: ReadonlyMap<string, string>, nameOf: (who: string) => Somebody): void;
  close(): void;
}

export function openStage(map: string, me: Me, replay: Replay): Stage {
  const shared: Store<Shared | null> = derivedStore([replay.view], () => ({
    ...replay.view.get(),
    seq: replay.seq.get(),
    now: 0,
  }));
  const connection = openStill(map, replay.stage, shared);
  const board = new Board(connection, { ...me, role: 'observer' });
  board.visiting = 'changed by';
  return {
    board,
    mark(changes, nameOf) {
      const peers = [...changes].map(([card, who]) => {
        const { name, color } = nameOf(who);
        // Not their own id: one's own changes are marked, too, and somebody may have changed several cards.
        return { user: { id: `${who} ${card}`, name, color }, focus: { card } };
      });
      connection.seat(peers);
    },
    close: () => connection.close(),
  };
}
