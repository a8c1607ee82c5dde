// The list's keys: a spreadsheet's. Arrows walk, numbers rate, Enter changes, Space shows details, Delete empties.
import type { KeyboardEvent } from 'react';
import { OPPORTUNITY_STATUSES } from '../../model/kinds';
import { type GroupBy, type Opportunity, RATINGS } from '../../model/opportunities';
import type { Board } from '../map/board';
import { rate, remove, setStatus, showDetails } from './acts';
import { COLUMNS, type Column, type Desk, HEADINGS, type Stop } from './desk';

export interface ListKeys {
  readonly board: Board;
  readonly desk: Desk;
  /** Ids as they stand on screen, top to bottom. */
  readonly rows: readonly string[];
  readonly groupBy: GroupBy;
  readonly find: (id: string) => Opportunity | undefined;
  readonly sortBy: (column: Column) => void;
}

export function onListKey(list: ListKeys, event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  // Popovers hang elsewhere in the page, and their keys bubble through here.
  if (list.desk.element?.contains(target) !== true) return;
  const cell = target.closest<HTMLElement>('[data-stop]');
  if (cell === null || target.closest('input, textarea') !== null) return;
  // A button in a cell, reached by pointer, keeps the keys that press it.
  if (target !== cell && (event.key === 'Enter' || event.key === ' ')) return;
  if (handle(list, event)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function handle(list: ListKeys, event: KeyboardEvent): boolean {
  const { desk } = list;
  const at = desk.standing.get();
  const opportunity = list.find(at.row);
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    return opportunity !== undefined && shiftStatus(list, opportunity, event.key === 'ArrowUp');
  }
  if (event.altKey || event.shiftKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== 'Home' && event.key !== 'End') return false;
    const row = event.key === 'Home' ? list.rows[0] : list.rows.at(-1);
    desk.go({ row: row ?? HEADINGS, column: at.column });
    return true;
  }
  const next = walk(list.rows, at, event.key);
  if (next !== undefined) {
    desk.go(next);
    return true;
  }
  if (at.row === HEADINGS) {
    if (event.key !== 'Enter' && event.key !== ' ') return false;
    list.sortBy(at.column);
    return true;
  }
  return opportunity !== undefined && actOn(list, opportunity, at, event.key);
}

function walk(rows: readonly string[], at: Stop, key: string): Stop | undefined {
  const column = COLUMNS.indexOf(at.column);
  const lines = [HEADINGS, ...rows];
  const line = Math.max(0, lines.indexOf(at.row));
  const bound = (index: number, length: number): number => Math.min(length - 1, Math.max(0, index));
  const to = (row: number, col: number): Stop => ({
    row: lines[bound(row, lines.length)] ?? HEADINGS,
    column: COLUMNS[bound(col, COLUMNS.length)] ?? 'text',
  });
  switch (key) {
    case 'ArrowUp':
      return to(line - 1, column);
    case 'ArrowDown':
      return to(line + 1, column);
    case 'ArrowLeft':
      return to(line, column - 1);
    case 'ArrowRight':
      return to(line, column + 1);
    case 'Home':
      return to(line, 0);
    case 'End':
      return to(line, COLUMNS.length - 1);
    default:
      return undefined;
  }
}

function actOn(list: ListKeys, opportunity: Opportunity, at: Stop, key: string): boolean {
  const { board, desk } = list;
  const rating = RATINGS.find((one) => one === at.column);
  if (rating !== undefined && /^[1-5]$/.test(key)) {
    rate(board, opportunity, rating, Number(key));
    return true;
  }
  switch (key) {
    case ' ':
      showDetails(board, opportunity, 'focus');
      return true;
    case 'Enter':
    case 'F2':
      if (at.column === 'acts') desk.open.set(at);
      else if (board.isStill(opportunity.card) || !isEditable(at.column)) {
        showDetails(board, opportunity, 'focus');
      } else desk.open.set(at);
      return true;
    case 'Delete':
    case 'Backspace':
      return empty(list, opportunity, at.column);
    default:
      return false;
  }
}

function isEditable(column: Column): boolean {
  return column !== 'rank' && column !== 'score' && column !== 'addresses';
}

/** Takes the value of a cell away; on the opportunity itself, the opportunity. */
function empty({ board, desk }: ListKeys, opportunity: Opportunity, column: Column): boolean {
  if (board.readOnly) return true;
  switch (column) {
    case 'impact':
    case 'value':
    case 'effort':
      rate(board, opportunity, column, undefined);
      return true;
    case 'status':
      setStatus(board, opportunity, undefined);
      desk.moved();
      return true;
    case 'owner':
    case 'due':
      board.setFields(opportunity.id, { [column]: undefined });
      board.say(column === 'owner' ? 'No owner' : 'No due date');
      return true;
    case 'rank':
    case 'text':
    case 'acts':
      remove(board, opportunity);
      return true;
    case 'addresses':
    case 'score':
      return false;
  }
}

/** What dragging to another status does, from the keyboard. */
function shiftStatus(list: ListKeys, opportunity: Opportunity, back: boolean): boolean {
  if (list.groupBy !== 'status') {
    list.board.say('The order is worked out from the ratings. Group by status to move it.');
    return true;
  }
  const { status } = opportunity.card;
  const at =
    status === undefined ? OPPORTUNITY_STATUSES.length : OPPORTUNITY_STATUSES.indexOf(status);
  const next = OPPORTUNITY_STATUSES[at + (back ? -1 : 1)];
  if (next === undefined) list.board.say(`Already the ${back ? 'first' : 'last'} status`);
  else {
    setStatus(list.board, opportunity, next);
    list.desk.moved();
  }
  return true;
}
