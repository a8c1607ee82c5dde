// The last cell of a row: details, and what else can be done with an opportunity. Like a pick, its menu exists only while it is open.
import { type JSX, useRef } from 'react';
import { Menu, Popover } from 'react-aria-components';
import { flushSync } from 'react-dom';
import type { Opportunity } from '../../model/opportunities';
import { DetailsMark } from '../map/marks';
import { useBoard } from '../map/use';
import { MenuItem, MoreIcon } from '../ui';
import '../ui/menu.css';
import { nameOf, remove, showDetails, showOnMap } from './acts';
import { Cell } from './Cell';
import { useDesk, useOpenAt } from './desk';

export function ActsCell({ opportunity }: { readonly opportunity: Opportunity }): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const row = opportunity.id;
  const isOpen = useOpenAt(row, 'acts');
  const button = useRef<HTMLButtonElement>(null);
  const label = `More about ${nameOf(opportunity)}`;
  const leave = (): void => {
    if (desk.open.get() === null) return;
    flushSync(() => desk.close());
    desk.go({ row, column: 'acts' });
  };
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
      {isOpen ? (
        <Popover
          triggerRef={button}
          isOpen
          onOpenChange={(open) => {
            if (!open) leave();
          }}
          placement="bottom end"
          offset={4}
          className="c-popover"
        >
          <Menu
            aria-label={label}
            autoFocus="first"
            className="c-menu"
            onClose={leave}
            onAction={(action) => {
              leave();
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
          </Menu>
        </Popover>
      ) : null}
    </Cell>
  );
}
