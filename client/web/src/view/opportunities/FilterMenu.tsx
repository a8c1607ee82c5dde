// Which opportunities are shown: by status, stage and owner, several of each.
import type { JSX } from 'react';
import { Header, MenuSection } from 'react-aria-components';
import { OPPORTUNITY_STATUSES, STATUS_LABEL } from '../../model/kinds';
import { type Opportunity, ownersOf } from '../../model/opportunities';
import { useBoard, useStore } from '../map/use';
import { Button, FilterIcon, Menu, MenuItem } from '../ui';
import { useLook } from './state';

export function FilterMenu({
  opportunities,
}: {
  readonly opportunities: readonly Opportunity[];
}): JSX.Element {
  const board = useBoard();
  const stages = useStore(board.journey.stages.all);
  const [{ filter }, change] = useLook();
  const statuses = [...OPPORTUNITY_STATUSES, '' as const];
  const owners = [...ownersOf(opportunities), ''];
  const chosen = [
    ...filter.statuses.map((status) => `status ${status}`),
    ...filter.stages.map((stage) => `stage ${stage}`),
    ...filter.owners.map((owner) => `owner ${owner}`),
  ];
  return (
    <Menu
      aria-label="Show only"
      placement="bottom start"
      trigger={
        <Button
          size="s"
          variant="ghost"
          icon={FilterIcon}
          {...(chosen.length === 0 ? { className: 'o-bar__short' } : {})}
        >
          {chosen.length === 0 ? 'Filter' : `Filter: ${chosen.length}`}
        </Button>
      }
      selectionMode="multiple"
      selectedKeys={chosen}
      onSelectionChange={(keys) => {
        const has = (kind: string, id: string): boolean =>
          keys === 'all' || keys.has(`${kind} ${id}`);
        change({
          filter: {
            statuses: statuses.filter((status) => has('status', status)),
            stages: stages.map(({ id }) => id).filter((id) => has('stage', id)),
            owners: owners.filter((owner) => has('owner', owner)),
          },
        });
      }}
    >
      <MenuSection>
        <Header className="m-menu-layer">Status</Header>
        {statuses.map((status) => (
          <MenuItem key={status} id={`status ${status}`}>
            {status === '' ? 'No status' : STATUS_LABEL[status]}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection>
        <Header className="m-menu-layer">Stage</Header>
        {stages.map(({ id, title }) => (
          <MenuItem key={id} id={`stage ${id}`}>
            {title || 'Unnamed stage'}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection>
        <Header className="m-menu-layer">Owner</Header>
        {owners.map((owner) => (
          <MenuItem key={owner} id={`owner ${owner}`}>
            {owner === '' ? 'Nobody' : owner}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
