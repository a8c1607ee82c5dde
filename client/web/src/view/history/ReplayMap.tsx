// The map as it was, with who changed what on the cards: the same grid as on the map's own page, for somebody who only looks.
import { type JSX, useEffect, useMemo } from 'react';
import { cardsOf, lastChanges } from '../../model/history/changes';
import type { Player } from '../../model/history/player';
import type { HistoryReport } from '../../wire/history';
import type { Me } from '../../wire/types';
import { MapGrid } from '../map/MapGrid';
import { MapPanel } from '../map/panel/MapPanel';
import { BoardContext, usePart } from '../map/use';
import CardVotes from '../rounds/CardVotes';
import { roundsDesk } from '../rounds/desk';
import '../map/bounds.css';
import '../map/card.css';
import '../map/emotion.css';
import '../map/grid.css';
import '../map/kinds.css';
import '../map/looking/looking.css';
import '../map/presence.css';
import '../map/selection.css';
import { dim } from './dims';
import { openStage, type Stage } from './stage';
import { somebody } from './words';

/** How long a change stays marked, in milliseconds of one's own time. */
const MARKED = 2500;

export function ReplayMap({
  map,
  me,
  history,
  player,
}: {
  readonly map: string;
  readonly me: Me;
  readonly history: HistoryReport;
  readonly player: Player;
}): JSX.Element {
  const stage = useMemo(() => openStage(map, me, player.replay), [map, me, player]);
  const { board } = stage;
  const isEmpty = usePart(board.journey.stages.ids, (ids) => ids.length === 0);
  useEffect(() => {
    const stopVotes = roundsDesk(board).attach(CardVotes);
    const stopPeople = board.people.follow();
    return () => {
      stopVotes();
      stopPeople();
    };
  }, [board]);
  useEffect(() => () => stage.close(), [stage]);
  useMarks(stage, player, history);
  useDims(player);
  return (
    <BoardContext value={board}>
      <div className="m-editor h-map">
        <div className="m-main">
          <MapGrid />
          {isEmpty ? <p className="h-map__empty">The map was empty at this moment.</p> : null}
        </div>
        <MapPanel />
      </div>
    </BoardContext>
  );
}

function useMarks(stage: Stage, player: Player, history: HistoryReport): void {
  useEffect(() => {
    const { replay } = player;
    let movedAt = Number.NEGATIVE_INFINITY;
    let looking = 0;
    const mark = (): void => {
      const { speed, wanted } = player.state.get();
      const changes = lastChanges(replay.reel, replay.seq.get(), MARKED * speed, wanted);
      stage.mark(changes, (who) => somebody(history, who));
      const [card] = changes.keys();
      cancelAnimationFrame(looking);
      if (card === undefined || !player.state.get().follows) return;
      // Once it is drawn where it is now.
      looking = requestAnimationFrame((now) => {
        if (now - movedAt >= STILL && bring(card)) movedAt = now;
      });
    };
    mark();
    const stops = [replay.seq.subscribe(mark), player.state.subscribe(markAnew)];
    /** The filter and the speed decide what is marked; the time alone does not. */
    let { speed: speedThen, wanted: wantedThen } = player.state.get();
    function markAnew(): void {
      const { speed, wanted } = player.state.get();
      if (speed === speedThen && wanted === wantedThen) return;
      [speedThen, wantedThen] = [speed, wanted];
      mark();
    }
    return () => {
      cancelAnimationFrame(looking);
      for (const stop of stops) stop();
    };
  }, [stage, player, history]);
}

/** Once moved, the map rests for this long, so that one can read: in milliseconds. */
const STILL = 1200;

/** Moves a card into sight that is out of it. Says whether it had to. */
function bring(card: string): boolean {
  const found = document.querySelector(`.h-map [data-card="${CSS.escape(card)}"]`);
  const frame = found?.closest('.m-scroller');
  if (found == null || frame == null) return false;
  const [inner, outer] = [found.getBoundingClientRect(), frame.getBoundingClientRect()];
  const isIn =
    inner.top >= outer.top + 60 &&
    inner.bottom <= outer.bottom &&
    inner.left >= outer.left + 40 &&
    inner.right <= outer.right;
  if (!isIn) found.scrollIntoView({ block: 'center', inline: 'center' });
  return !isIn;
}

function useDims(player: Player): void {
  const wanted = usePart(player.state, (state) => state.wanted);
  const { reel, seq: shown } = player.replay;
  // Which cards somebody has had a hand in changes slowly: looked up with every hundredth record, and the style sheet with it.
  const about = usePart(shown, (seq) => (wanted.who.size === 0 ? -1 : Math.floor(seq / 100)));
  const cards = useMemo(
    () => (about < 0 ? null : cardsOf(reel, shown.get(), wanted.who)),
    [reel, shown, wanted, about],
  );
  useEffect(() => dim(wanted.lanes.size === 0 ? null : wanted.lanes, cards), [wanted, cards]);
}
