// The text area in a header while a stage or lane is renamed in place.
import { type JSX, type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { entryText } from '../../model/text/field';
import { typingAct } from './acts';
import { onHistoryKey } from './keys';
import { TextBox } from './TextBox';
import { useBoard } from './use';

export function TitleEditor({
  root,
  id,
}: {
  readonly root: 'stages' | 'lanes';
  readonly id: string;
}): JSX.Element {
  const board = useBoard();
  const area = useRef<HTMLTextAreaElement>(null);
  const field = useMemo(() => entryText(board.journey, root, id, 'title'), [board, root, id]);
  useLayoutEffect(() => {
    area.current?.focus({ preventScroll: true });
    area.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    switch (typingAct(event)) {
      // A name has one line.
      case 'text.keep':
      case 'text.line':
      case 'text.leave':
        event.preventDefault();
        board.writing.commit('stay');
        break;
      case 'text.back':
        event.preventDefault();
        board.writing.cancel();
        break;
      default:
        onHistoryKey(board, event);
    }
  };
  const what = root === 'stages' ? 'stage' : 'lane';
  return (
    <TextBox
      ref={area}
      field={field}
      oneLine
      className="m-title-input"
      aria-label={`Name of the ${what}`}
      placeholder={root === 'stages' ? 'Name this stage' : 'Name this lane'}
      enterKeyHint="done"
      onHistory={(direction) => (direction === 'undo' ? board.undo() : board.redo())}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (document.activeElement === event.currentTarget) return;
        // The person goes elsewhere; the grid hears where.
        board.holdsFocus = false;
        if (board.editing.get()?.id === id) board.writing.commit('leave');
      }}
    />
  );
}
