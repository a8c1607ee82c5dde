// When a lock comes while somebody is typing where it holds: the editor closes, and every word that was in it is offered back, whether it
// reached the map in time or not.
import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import type { Place } from '../../facilitation/lock';
import type { Board } from '../map/board';
import { whyStill } from '../map/bounds';
import { useBoard } from '../map/use';
import type { Editing } from '../map/writing';
import { copyText } from '../mappage/copy';
import { toast } from '../ui';

/** As much of what was typed as a message shows; the rest is copied with it. Characters. */
const SHOWN = 160;

export function useLockComes(): void {
  const board = useBoard();
  useEffect(() => {
    const look = (): void => {
      if (board.bounds.get().lock === null) return;
      const field = document.activeElement;
      const words = isTyped(field) ? field.value : undefined;
      const editing = board.editing.get();
      if (editing !== null && board.isStill(cellOf(board, editing))) board.writing.commit('leave');
      if (words === undefined) return;
      // Once the page is drawn as it is now: a field that may still be written in is still there.
      queueMicrotask(() => {
        flushSync(() => undefined);
        if (field?.isConnected !== true) giveBack(board, words);
      });
    };
    look();
    return board.bounds.subscribe(look);
  }, [board]);
}

function isTyped(field: Element | null): field is HTMLInputElement | HTMLTextAreaElement {
  return field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement;
}

/** The cell of the card that is typed in; undefined for a stage's or lane's name. */
function cellOf({ journey }: Board, { id, fresh }: Editing): Place | undefined {
  return fresh ?? journey.card(id).get();
}

function giveBack(board: Board, typed: string): void {
  const words = typed.trim();
  const { lock } = board.bounds.get();
  if (words === '') {
    if (lock !== null) toast({ title: whyStill(lock) });
    return;
  }
  const shown = words.length > SHOWN ? `${words.slice(0, SHOWN - 1).trimEnd()}…` : words;
  toast(
    {
      title: 'The map was locked while you were typing',
      detail: `You had typed: “${shown}”. What came in time stays on the map.`,
      action: {
        label: 'Copy it',
        onPress: () =>
          void copyText(words).then((copied) =>
            toast({ title: copied ? 'Copied' : 'The browser did not let this page copy it' }),
          ),
      },
    },
    null,
  );
}
