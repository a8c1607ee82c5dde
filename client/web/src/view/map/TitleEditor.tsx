// The text area in a header while a stage or lane is renamed in place.
import { type JSX, type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { entryText } from '../../model/text/field';
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
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      board.commit('stay');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      board.cancel();
    } else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.shiftKey) board.redo();
      else board.undo();
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
        if (board.editing.get()?.id === id) board.commit('leave');
      }}
    />
  );
}
