// The board of one open map, made once and shared by all its screens, so that a person who goes from the grid to another
// screen and back stands where they stood. With it comes what holds on all of them: undo keys, and what a screen reader is told.
import { type JSX, type ReactNode, useEffect, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import type { Me } from '../../wire/types';
import { Board } from './board';
import { BoardContext, useBoard, useStore } from './use';

export function BoardProvider({
  connection,
  me,
  children,
}: {
  readonly connection: MapConnection;
  readonly me: Me;
  readonly children: ReactNode;
}): JSX.Element {
  const [board, setBoard] = useState(() => new Board(connection, me));
  const watches = me.role === 'observer';
  if (board.connection !== connection || board.readOnly !== watches) {
    setBoard(new Board(connection, me));
  }
  useEffect(() => {
    // A new name signs what is written from now on; nobody loses their place over it.
    board.me = me;
  }, [board, me]);
  useEffect(() => board.people.follow(), [board]);
  useHistoryKeys(board);
  return (
    <BoardContext value={board}>
      {children}
      <Announcer />
    </BoardContext>
  );
}

function Announcer(): JSX.Element {
  const board = useBoard();
  const message = useStore(board.message);
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {message}
    </div>
  );
}

/** Undo and redo from anywhere on the page but a field that has an undo of its own. */
function useHistoryKeys(board: Board): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (board.readOnly || event.defaultPrevented || event.altKey) return;
      if (!(event.ctrlKey || event.metaKey)) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest('input, textarea, [contenteditable]')) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) board.redo();
      else board.undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [board]);
}
