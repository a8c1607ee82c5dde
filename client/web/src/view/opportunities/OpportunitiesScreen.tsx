// The opportunities of a map: one ranked list and one matrix over the same cards, for deciding what to do first.
// Mounted by the map page inside a `BoardProvider`, when somebody goes there; the details panel is the map's own.
import { type JSX, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { roundsOf } from '../../facilitation/rounds';
import { type Opportunity, passes, ranksOf } from '../../model/opportunities';
import { opportunitiesOf } from '../../model/opportunity-store';
import { voterWords } from '../../model/rounds';
import { addLane, setHidden } from '../../model/structure';
import { type Votes, votesInSight, withVotes } from '../../model/votes';
import { setPresence } from '../../sync/presence';
import '../map/grid.css';
import '../map/kinds.css';
import '../map/toolbar.css';
import '../map/card.css';
import '../map/presence.css';
import { Keeper } from '../map/Keeper';
import { MapPanel } from '../map/panel/MapPanel';
import { useBoard, useStore } from '../map/use';
import { mapPath, navigate } from '../router';
import { BulbIcon, Button, EmptyState, PlusIcon } from '../ui';
import { AddOpportunity } from './AddOpportunity';
import { Bar } from './Bar';
import { Keys } from './Keys';
import { Matrix } from './Matrix';
import { RankedList } from './RankedList';
import { useLook } from './state';
import { useWayBack } from './useWayBack';
import './opportunities.css';

export function OpportunitiesScreen(): JSX.Element {
  const board = useBoard();
  const unvoted = useStore(opportunitiesOf(board.journey));
  const rounds = useStore(roundsOf(board.connection.workshop.shared));
  const votes = useMemo(() => votesInSight(rounds), [rounds]);
  const opportunities = useMemo(() => withVotes(unvoted, votes), [unvoted, votes]);
  const [adding, setAdding] = useState(false);
  const { connection, journey } = board;
  const scroller = useRef<HTMLDivElement>(null);
  useWayBack(scroller);
  useEffect(
    () => () => setPresence(connection, { focus: undefined, drag: undefined }),
    [connection],
  );
  // The panel shows opportunities here, and nothing that was open beside the grid.
  useLayoutEffect(() => {
    const isHere = opportunitiesOf(journey)
      .get()
      .some(({ id }) => id === board.selected.get());
    if (board.panel.get() !== 'card' || !isHere) board.panel.set('closed');
  }, [board, journey]);
  return (
    <div className="m-editor o-screen">
      <div className="m-main">
        <Bar opportunities={opportunities} onAdd={() => setAdding(true)} />
        {votes === null ? null : <VotesLine votes={votes} />}
        <div ref={scroller} className="o-scroller">
          <Content opportunities={opportunities} onAdd={() => setAdding(true)} />
        </div>
      </div>
      <MapPanel />
      <Keeper />
      <Keys />
      <AddOpportunity isOpen={adding} onOpenChange={setAdding} />
    </div>
  );
}

/** Which vote the dots beside the opportunities are of; nothing where it was about other cards. */
function VotesLine({ votes }: { readonly votes: Votes }): JSX.Element | null {
  const board = useBoard();
  const shown = useStore(board.votes);
  const ids = useStore(opportunitiesOf(board.journey));
  const { question } = votes.round.setup;
  if (!ids.some(({ id }) => votes.byCard.has(id))) return null;
  return (
    <p className="o-votes">
      <span>
        Dots are from the vote <b>{question}</b>, {voterWords(votes.round.voters ?? 0)}
        {votes.runOffs.length === 0 ? '' : ', ties settled by a run-off'}
      </span>
      {shown === null ? null : (
        <Button size="s" variant="ghost" onPress={() => shown.showResults()}>
          All results
        </Button>
      )}
    </p>
  );
}

function Content({
  opportunities,
  onAdd,
}: {
  readonly opportunities: readonly Opportunity[];
  readonly onAdd: () => void;
}): JSX.Element {
  const [{ mode, filter }] = useLook();
  const ranks = useMemo(() => ranksOf(opportunities), [opportunities]);
  const passing = useMemo(
    () => opportunities.filter((one) => passes(one, filter)),
    [opportunities, filter],
  );
  if (opportunities.length === 0) return <Nothing onAdd={onAdd} />;
  return mode === 'list' ? (
    <RankedList opportunities={opportunities} ranks={ranks} />
  ) : (
    <Matrix opportunities={passing} ranks={ranks} />
  );
}

/** Why there is nothing to rank, and the one step that changes it. */
function Nothing({ onAdd }: { readonly onAdd: () => void }): JSX.Element {
  const board = useBoard();
  const lanes = useStore(board.journey.lanes.all).filter(({ kind }) => kind === 'opportunity');
  const stages = useStore(board.journey.stages.ids);
  const hidden = lanes.filter((lane) => lane.hidden);
  const art = <BulbIcon size={40} />;
  if (stages.length === 0) {
    return (
      <EmptyState
        art={art}
        title="This map has no stages yet"
        actions={
          <Button onPress={() => navigate(mapPath(board.connection.mapId))}>Go to the map</Button>
        }
      >
        An opportunity belongs to a stage of the journey, so stages come first.
      </EmptyState>
    );
  }
  if (lanes.length === 0) {
    return (
      <EmptyState
        art={art}
        title="This map has no opportunities lane"
        actions={
          board.readOnly ? undefined : (
            <Button
              variant="primary"
              icon={PlusIcon}
              onPress={() => {
                if (board.refuses()) return;
                addLane(board.journey, board.journey.lanes.ids.get().length, 'opportunity');
                board.offerUndo('Added an opportunities lane');
              }}
            >
              Add an opportunities lane
            </Button>
          )
        }
      >
        Opportunities say what could be better, and for which pains. They are ranked here.
      </EmptyState>
    );
  }
  if (hidden.length === lanes.length) {
    return (
      <EmptyState
        art={art}
        title="The opportunities are hidden on the map"
        actions={
          board.readOnly ? undefined : (
            <Button
              variant="primary"
              onPress={() => {
                if (board.refuses()) return;
                for (const lane of hidden) setHidden(board.journey, lane.id, false);
              }}
            >
              Show them
            </Button>
          )
        }
      >
        What is hidden on the map is not listed here either.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      art={art}
      title="No opportunities yet"
      actions={
        board.readOnly ? undefined : (
          <Button variant="primary" icon={PlusIcon} onPress={onAdd}>
            Add an opportunity
          </Button>
        )
      }
    >
      Say what could be better. Rated for impact, value and effort, opportunities are ranked here.
    </EmptyState>
  );
}
