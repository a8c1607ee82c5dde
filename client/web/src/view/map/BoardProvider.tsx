// The board of one open map, made once and shared by all its screens, so that a person who goes from the grid to another
// screen and back stands where they stood. With it comes what holds on all of them: the keys
// of the page and the palette.
import { type JSX, type ReactNode, useEffect, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import type { Me } from '../../wire/types';
import { actFor, isBarred } from './acts';
import { Board } from './board';
import { Overlays } from './Overlays';
import { BoardContext } from './use';

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
  usePageKeys(board);
  return (
    <BoardContext value={board}>
      {children}
      <Overlays />
    </BoardContext>
  );
}

/** The keys that hold on the whole page; most of them not in a text field, which has an undo of its own. */
function usePageKeys(board: Board): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target as HTMLElement | null;
      const inText = target?.closest('input, textarea, [contenteditable]') != null;
      const found = actFor(
        event,
        'page',
        (act) => (!inText || act.inText === true) && !isBarred(board, act),
      );
      const [act, chord] = found ?? [];
      if (act === undefined || chord === undefined) return;
      // What lies over the page has the keys to itself.
      if (target?.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') != null) return;
      event.preventDefault();
      act.run?.(board, chord);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [board]);
}
