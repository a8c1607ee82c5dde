// Whose changes, and in which lanes: the rest steps back, and playing goes from one of them to the next.
import { type JSX, useEffect, useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { Lane } from '../../model/entities';
import type { Player } from '../../model/history/player';
import type { HistoryReport } from '../../wire/history';
import { usePart, useStore } from '../map/use';
import { Avatar, Button, CheckList, FilterIcon } from '../ui';
import { count } from '../words';
import { somebody } from './words';

export function Filters({
  history,
  player,
}: {
  readonly history: HistoryReport;
  readonly player: Player;
}): JSX.Element {
  const wanted = usePart(player.state, (state) => state.wanted);
  const active = new Set(history.sessions.flatMap(({ shares }) => shares.map(({ who }) => who)));
  const chosen = wanted.who.size + wanted.lanes.size;
  return (
    <DialogTrigger>
      <Button
        variant="ghost"
        icon={FilterIcon}
        className={chosen === 0 ? 'h-filter' : 'h-filter h-filter--on'}
      >
        {chosen === 0 ? 'Filter' : `Filter: ${count(chosen, 'choice', 'choices')}`}
      </Button>
      <Popover className="c-popover h-filters" placement="top end" offset={8}>
        <Dialog className="h-filters__dialog" aria-label="Filter">
          <CheckList
            label="Changes of"
            values={[...wanted.who]}
            onChange={(who) => player.setWanted({ ...wanted, who: new Set(who) })}
            options={[...active].map((who) => {
              const { name, color } = somebody(history, who);
              return {
                value: who,
                label: name,
                mark: <Avatar name={name} color={color} size="s" decorative />,
              };
            })}
          />
          <LaneChoice player={player} />
          <Button
            size="s"
            isDisabled={chosen === 0}
            onPress={() => player.setWanted({ who: new Set(), lanes: new Set() })}
          >
            Show everything
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Those of the map's end, too: one wants to go to the changes in a lane before it is there. */
function LaneChoice({ player }: { readonly player: Player }): JSX.Element {
  const wanted = usePart(player.state, (state) => state.wanted);
  const shown = useStore(player.replay.journey.lanes.all);
  const [later, setLater] = useState<readonly Lane[]>([]);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    let left = false;
    player.replay.lanesAtEnd().then(
      (lanes) => {
        if (!left) setLater(lanes);
      },
      () => {
        if (!left) setLost(true);
      },
    );
    return () => {
      left = true;
    };
  }, [player]);
  const lanes = [...shown, ...later.filter(({ id }) => shown.every((lane) => lane.id !== id))];
  return (
    <>
      <CheckList
        label="Changes in"
        values={[...wanted.lanes]}
        onChange={(chosen) => player.setWanted({ ...wanted, lanes: new Set(chosen) })}
        options={lanes.map(({ id, title }) => ({ value: id, label: title || 'Unnamed lane' }))}
      />
      {isLost ? <p role="status">Lanes made later could not be loaded.</p> : null}
    </>
  );
}
