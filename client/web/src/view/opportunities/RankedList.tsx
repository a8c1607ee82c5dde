// The list: a grid to assistive technology and to the arrow keys; on a narrow screen its rows are laid out as cards.
import {
  type FocusEvent,
  type JSX,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { OPPORTUNITY_STATUSES, STATUS_LABEL } from '../../model/kinds';
import { listed } from '../../model/listed';
import {
  type Group,
  type GroupKey,
  grouped,
  type Opportunity,
  ORDERS,
  type OrderBy,
  ownersOf,
  passes,
  RATING_LABEL,
  RATINGS,
  type Rank,
  rankWords,
  SHOW_ALL,
} from '../../model/opportunities';
import { useKeptFocus } from '../kept-focus';
import { sayWhatBecameOf } from '../map/became';
import { quoted } from '../map/board';
import { useBoard } from '../map/use';
import { Button, ChevronDownIcon, ChevronUpIcon, EmptyState } from '../ui';
import { select, setStatus, showDetails } from './acts';
import { COLUMN_LABEL } from './Cell';
import { COLUMNS, type Column, Desk, DeskContext, HEADINGS, useDesk, useStandingAt } from './desk';
import { attachDrag, isTouch } from './dragging';
import { onListKey } from './listKeys';
import { OpportunityRow, OWNERS_LIST } from './OpportunityRow';
import { today, useLook } from './state';
import { useHeldGroups } from './useHeldGroups';
import './list.css';
import './cells.css';

/** Which order a heading asks for; one without is no button. */
const SORTS: Partial<Record<Column, OrderBy>> = {
  rank: 'score',
  text: 'text',
  addresses: 'severity',
  impact: 'impact',
  value: 'value',
  effort: 'effort',
  score: 'score',
  status: 'status',
  owner: 'owner',
  due: 'due',
};

export function RankedList({
  opportunities,
  ranks,
}: {
  readonly opportunities: readonly Opportunity[];
  readonly ranks: ReadonlyMap<string, Rank>;
}): JSX.Element {
  const board = useBoard();
  const [look, change] = useLook();
  const { groupBy, sorting, filter } = look;
  const wanted = useMemo(
    () =>
      grouped(
        opportunities.filter((one) => passes(one, filter)),
        groupBy,
        sorting,
      ),
    [opportunities, filter, groupBy, sorting],
  );
  const [desk] = useState(() => new Desk(wanted[0]?.ids[0]));
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const element = useRef<HTMLElement | null>(null);
  const mount = useCallback(
    (found: HTMLElement | null): void => {
      element.current = found;
      desk.element = found;
      setRoot(found);
    },
    [desk],
  );
  const byId = useMemo(() => new Map(opportunities.map((one) => [one.id, one])), [opportunities]);
  const way = JSON.stringify({ groupBy, sorting, filter });
  const { groups, isStale, sortAgain } = useHeldGroups(wanted, way, (id) => byId.has(id), root);
  const rows = groups.flatMap(({ ids }) => ids);
  const place = useRef(0);

  const sortBy = (column: Column): void => {
    const by = SORTS[column];
    if (by === undefined) return;
    const reversed = sorting.by === by && !sorting.reversed;
    change({ sorting: { by, reversed } });
    board.say(
      `Sorted by ${ORDERS[by].label.toLowerCase()}${reversed ? ', the other way round' : ''}`,
    );
  };

  // Who stands on a row that is gone stands on the one that took its place.
  useLayoutEffect(() => {
    const { row, column } = desk.standing.get();
    const index = rows.indexOf(row);
    if (index >= 0) place.current = index;
    if (index >= 0 || row === HEADINGS) return;
    desk.standing.set({
      row: rows[Math.min(place.current, rows.length - 1)] ?? HEADINGS,
      column,
    });
  });
  useKeptFocus(element, () => {
    sayWhatBecameOf(board, board.spot.get());
    return desk.cell(desk.standing.get());
  });
  useLayoutEffect(() => {
    desk.moved = groupBy === 'status' ? sortAgain : () => undefined;
    // An own undo or redo is an own move, too.
    if (board.leaving && isStale) desk.moved();
  });

  const latest = useRef(byId);
  useLayoutEffect(() => {
    latest.current = byId;
  });
  useEffect(() => {
    if (root === null || groupBy !== 'status' || board.readOnly) return undefined;
    return attachDrag(root, {
      lifted: (id) =>
        board.say(`Picked up ${quoted(board.journey.card(id).get()?.text ?? '', 'it')}`),
      putBack: () => board.say('Put back'),
      dropped: (id, target) => {
        const one = latest.current.get(id);
        const status = OPPORTUNITY_STATUSES.find((known) => known === target.drop);
        if (one === undefined) return;
        setStatus(board, one, status);
        desk.moved();
      },
    });
  }, [root, board, desk, groupBy]);

  const onFocus = (event: FocusEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-stop]');
    const { row } = cell?.dataset ?? {};
    const at = COLUMNS.find((known) => known === cell?.dataset.stop);
    if (row === undefined || at === undefined) return;
    desk.standing.set({ row, column: at });
    const one = byId.get(row);
    if (one !== undefined) select(board, one);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-stop="text"]');
    const row = cell?.dataset.row;
    if (row === undefined || row === HEADINGS || board.refusesCards([row])) return;
    desk.open.set({ row, column: 'text' });
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>('[data-stop]');
    const one = byId.get(cell?.dataset.row ?? '');
    const isWords = cell?.dataset.stop === 'text' || cell?.dataset.stop === 'addresses';
    // A finger has no double click: a tap on the words opens the details, where they can be edited.
    if (one === undefined || !isWords || target.closest('textarea') !== null) return;
    if (isTouch(event.nativeEvent)) showDetails(board, one, 'quiet');
  };
  const day = today();
  return (
    <DeskContext value={desk}>
      <div ref={mount} className="o-list">
        <datalist id={OWNERS_LIST}>
          {ownersOf(opportunities).map((owner) => (
            <option key={owner} value={owner} />
          ))}
        </datalist>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard before the buttons in the cells hear them. */}
        <div
          role="grid"
          aria-label="Opportunities"
          className="o-grid"
          onKeyDownCapture={(event) =>
            onListKey({ board, desk, rows, groupBy, find: (id) => byId.get(id), sortBy }, event)
          }
          onFocus={onFocus}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
        >
          <div role="row" className="o-row o-row--heads">
            {COLUMNS.map((one) => (
              <Heading key={one} column={one} onSort={() => sortBy(one)} />
            ))}
          </div>
          {groups.map((group) => (
            <div
              key={group.key}
              role="rowgroup"
              className="o-group"
              aria-label={groupTitle(group.key)}
              {...(groupBy === 'status' ? { 'data-drop': group.key.slice('status-'.length) } : {})}
            >
              <GroupHead group={group} isAlone={groups.length === 1} />
              {group.ids.map((id) => {
                const opportunity = byId.get(id);
                const rank = ranks.get(id);
                return opportunity === undefined ? null : (
                  <OpportunityRow
                    key={id}
                    opportunity={opportunity}
                    rank={rank === undefined ? '' : rankWords(rank)}
                    asksForRatings={group.key === 'unranked'}
                    canDrag={groupBy === 'status' && !board.readOnly}
                    today={day}
                  />
                );
              })}
            </div>
          ))}
        </div>
        {rows.length === 0 ? (
          <EmptyState
            title="No opportunity matches"
            actions={<Button onPress={() => change({ filter: SHOW_ALL })}>Show all</Button>}
          />
        ) : null}
        <div className="o-stale">
          {isStale ? (
            <div className="o-stale__words">
              <span>The order has changed.</span>
              <Button size="s" variant="ghost" onPress={sortAgain}>
                Sort again
              </Button>
            </div>
          ) : null}
        </div>
      </div>
    </DeskContext>
  );
}

function groupTitle(key: GroupKey): string {
  switch (key) {
    case 'ranked':
      return 'Ranked';
    case 'unranked':
      return 'Not ranked yet';
    case 'open':
      return 'Open';
    case 'closed':
      return 'Done and dropped';
    default: {
      const status = OPPORTUNITY_STATUSES.find((one) => key === `status-${one}`);
      return status === undefined ? 'No status' : STATUS_LABEL[status];
    }
  }
}

function GroupHead({
  group,
  isAlone,
}: {
  readonly group: Group;
  readonly isAlone: boolean;
}): JSX.Element | null {
  if (isAlone && group.key !== 'unranked') return null;
  const ratings = RATINGS.map((rating) => RATING_LABEL[rating].toLowerCase());
  return (
    <div role="row" className="o-group__head">
      <div role="rowheader">
        <span className="o-group__title">{groupTitle(group.key)}</span>
        <span className="o-group__count">{group.ids.length}</span>
        {group.key === 'unranked' ? (
          <span className="o-group__note">
            {`With ${listed(ratings)} rated, they take their place.`}
          </span>
        ) : null}
        {group.key === 'closed' ? (
          <span className="o-group__note">Nothing left to decide, so they take no rank.</span>
        ) : null}
      </div>
    </div>
  );
}

function Heading({
  column,
  onSort,
}: {
  readonly column: Column;
  readonly onSort: () => void;
}): JSX.Element {
  const desk = useDesk();
  const [{ sorting }] = useLook();
  const standing = useStandingAt(HEADINGS, column);
  const by = SORTS[column];
  // Rank and score are one order: only the score's heading says so.
  const isSorted = by === sorting.by && column !== 'rank';
  const descends = by !== undefined && (ORDERS[by].first === 'high') !== sorting.reversed;
  const Arrow = descends ? ChevronDownIcon : ChevronUpIcon;
  return (
    <div
      role="columnheader"
      className={`o-cell o-cell--${column} o-heading`}
      data-stop={column}
      data-row={HEADINGS}
      tabIndex={standing ? 0 : -1}
      {...(isSorted ? { 'aria-sort': descends ? 'descending' : 'ascending' } : {})}
    >
      {by === undefined ? (
        <span className="visually-hidden">{COLUMN_LABEL[column]}</span>
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="o-heading__button"
          onClick={() => {
            desk.standing.set({ row: HEADINGS, column });
            onSort();
          }}
        >
          {COLUMN_LABEL[column]}
          {isSorted ? <Arrow size={14} /> : null}
        </button>
      )}
    </div>
  );
}
