// Whose changes, and in which lanes: the rest steps back, and playing goes from one of them to the next.
import type { JSX } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
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
  const lanes = useStore(player.replay.journey.lanes.all);
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
          <CheckList
            label="Changes in"
            values={[...wanted.lanes]}
            onChange={(chosenLanes) => player.setWanted({ ...wanted, lanes: new Set(chosenLanes) })}
            options={lanes.map(({ id, title }) => ({ value: id, label: title || 'Unnamed lane' }))}
          />
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
