// The last cell of a row: details, and what else can be done with an opportunity.
import { type JSX, useRef } from 'react';
import type { Opportunity } from '../../model/opportunities';
import { DetailsMark } from '../map/marks';
import { useBoard } from '../map/use';
import { MenuItem, MoreIcon } from '../ui';
import { nameOf, remove, showDetails, showOnMap } from './acts';
import { Cell } from './Cell';
import { CellMenu } from './CellMenu';
import { useDesk, useOpenAt } from './desk';

export function ActsCell({ opportunity }: { readonly opportunity: Opportunity }): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const row = opportunity.id;
  const isOpen = useOpenAt(row, 'acts');
  const button = useRef<HTMLButtonElement>(null);
  const label = `More about ${nameOf(opportunity)}`;
  return (
    <Cell row={row} column="acts" label={label}>
      <button
        type="button"
        tabIndex={-1}
        className="o-act"
        aria-label={`Details of ${nameOf(opportunity)}`}
        title="Details"
        onClick={() => showDetails(board, opportunity, 'quiet')}
      >
        <DetailsMark />
      </button>
      <button
        ref={button}
        type="button"
        tabIndex={-1}
        className="o-act"
        aria-label={label}
        title="More"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => desk.open.set({ row, column: 'acts' })}
      >
        <MoreIcon size={16} />
      </button>
      <CellMenu
        row={row}
        column="acts"
        label={label}
        button={button}
        placement="bottom end"
        onAction={(action) => {
          if (action === 'details') showDetails(board, opportunity, 'focus');
          if (action === 'map') showOnMap(board, opportunity);
          if (action === 'delete') remove(board, opportunity);
        }}
      >
        <MenuItem id="details">Details</MenuItem>
        <MenuItem id="map">Show on map</MenuItem>
        {board.readOnly ? null : (
          <MenuItem id="delete" danger>
            Delete
          </MenuItem>
        )}
      </CellMenu>
    </Cell>
  );
}
