// The text area inside a card while its text is being typed.
// Enter commits (and, after a new card, offers the next one), Esc takes back, Shift+Enter makes a new line.
import { type JSX, type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { LANE_WORDS, type LaneKind } from '../../model/kinds';
import { cardText } from '../../model/text/field';
import { typingAct } from './acts';
import { onHistoryKey } from './keys';
import { TextBox } from './TextBox';
import { useBoard } from './use';
import type { Editing } from './writing';

/** Where the caret last was in a text under way, for when the card is drawn anew in another cell. */
const carets = new WeakMap<Editing, { readonly start: number; readonly end: number }>();

export function CardEditor({
  id,
  kind,
}: {
  readonly id: string;
  readonly kind: LaneKind;
}): JSX.Element {
  const board = useBoard();
  const area = useRef<HTMLTextAreaElement>(null);
  const field = useMemo(
    () => cardText(board.journey, id, 'text', (text) => board.writing.writeFresh(text)),
    [board, id],
  );
  useLayoutEffect(() => {
    const element = area.current;
    const editing = board.editing.get();
    if (element === null || editing === null) return undefined;
    const caret = carets.get(editing);
    element.focus({ preventScroll: true });
    element.setSelectionRange(
      caret?.start ?? element.value.length,
      caret?.end ?? element.value.length,
    );
    // Somebody else moved the card: the typing goes on there, the view stays here.
    if (caret === undefined) element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return () => {
      // Still in the document here: the last moment at which the element knows its caret.
      carets.set(editing, { start: element.selectionStart, end: element.selectionEnd });
    };
  }, [board]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    switch (typingAct(event)) {
      case 'text.keep':
        event.preventDefault();
        board.writing.commit('next');
        break;
      case 'text.back':
        event.preventDefault();
        board.writing.cancel();
        break;
      case 'text.leave':
        event.preventDefault();
        board.writing.commit('stay');
        break;
      default:
        onHistoryKey(board, event);
    }
  };
  const words = LANE_WORDS[kind];
  return (
    <TextBox
      ref={area}
      field={field}
      className="m-card__input"
      aria-label={`Text of the ${words.card}`}
      placeholder={words.hint}
      enterKeyHint="done"
      onHistory={(direction) => (direction === 'undo' ? board.undo() : board.redo())}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        // Another window took the focus: the person is still here.
        if (document.activeElement === event.currentTarget) return;
        // The person goes elsewhere; the grid hears where.
        board.holdsFocus = false;
        if (board.editing.get()?.id === id) board.writing.commit('leave');
      }}
    />
  );
}
