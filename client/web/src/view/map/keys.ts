// The grid's keys. One handler on the grid; what a key does is in `acts`.
import type { KeyboardEvent } from 'react';
import { type Act, actFor } from './acts';
import type { Board } from './board';

export function onGridKey(board: Board, event: KeyboardEvent): void {
  // Menus and buttons in the headers, and texts that are typed, have keys of their own.
  const target = event.target as HTMLElement;
  if (target.dataset.spot === undefined) return;
  const { kind } = board.spot.get();
  const isHere = (act: Act): boolean => act.on === undefined || act.on.includes(kind);
  const [act, chord] =
    actFor(event, 'grid', (one) => isHere(one) && (one.can?.(board) ?? true)) ??
    // With nothing to do, its key must still not mean something else: Ctrl+D is no bookmark here.
    actFor(event, 'grid', isHere) ??
    [];
  // What the browser does by itself (copy, paste) it does only when nobody stops the key.
  if (act === undefined || chord === undefined || isNative(act.id)) return;
  event.preventDefault();
  event.stopPropagation();
  if (act.edits === true && board.readOnly) return;
  if (act.can?.(board) ?? true) act.run?.(board, chord);
}

function isNative(act: string): boolean {
  return act === 'card.copy' || act === 'card.cut' || act === 'card.paste';
}

/** Undo and redo in a bound text: its own history does not know what others wrote, the map's does. */
export function onHistoryKey(board: Board, event: KeyboardEvent): void {
  const [act, chord] = actFor(event, 'page', ({ id }) => id === 'undo' || id === 'redo') ?? [];
  if (act === undefined || chord === undefined) return;
  event.preventDefault();
  act.run?.(board, chord);
}
