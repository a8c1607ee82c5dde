// The text area of a draft while it is written. Enter keeps it (and, after a new one, offers the next), Esc takes back, Shift+Enter makes a
// new line, as with any card. Every key is on its way to the server after a short pause; leaving sends it at once.
import { type JSX, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { LANE_WORDS, type LaneKind } from '../../model/kinds';
import { typingAct } from '../map/acts';
import { useBoard, useStore } from '../map/use';
import { useDesk } from './use-desk';
import { DRAFT_CHARS } from './words';

export function DraftEditor({
  id,
  kind,
}: {
  readonly id: string;
  readonly kind: LaneKind;
}): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const draft = useStore(desk.drafts.all).find((one) => one.id === id);
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.focus({ preventScroll: true });
    element.setSelectionRange(element.value.length, element.value.length);
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    switch (typingAct(event)) {
      case 'text.keep':
        event.preventDefault();
        desk.keep('next');
        break;
      case 'text.back':
        event.preventDefault();
        event.stopPropagation();
        desk.back();
        break;
      case 'text.leave':
        event.preventDefault();
        desk.keep('stay');
        break;
    }
  };
  const words = LANE_WORDS[kind];
  return (
    <textarea
      ref={area}
      rows={1}
      spellCheck
      className="m-card__input"
      aria-label={`Text of the private ${words.card}`}
      placeholder={words.hint}
      enterKeyHint="done"
      maxLength={DRAFT_CHARS}
      value={draft?.text ?? ''}
      onChange={(event) => {
        if (draft !== undefined) desk.drafts.write({ ...draft, text: event.target.value });
      }}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        // Another window took the focus: the person is still here, and what they wrote is on its way.
        if (document.activeElement === event.currentTarget) {
          desk.drafts.settle(id);
          return;
        }
        board.holdsFocus = false;
        if (desk.writing.get()?.id === id) desk.keep('leave');
      }}
    />
  );
}
