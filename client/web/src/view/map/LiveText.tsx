// A text at rest, with the carets of those who type in it.
// It redraws by itself when one of them moves; the card or header around it does not.
import type { JSX, ReactNode } from 'react';
import { addressKey, caretIndex, type TextAddress } from '../../model/text/caret';
import { readableOn } from '../ui';
import { useBoard, useStore } from './use';

export function LiveText({
  text,
  root,
  id,
  field,
}: TextAddress & {
  readonly text: string;
}): JSX.Element {
  const board = useBoard();
  const address = { root, id, field };
  const here = useStore(board.people.carets(addressKey(address)));
  const carets = here
    .map((one) => ({ ...one, index: caretIndex(board.journey, address, one.caret) }))
    .filter((one) => one.index !== undefined)
    .sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { id: person, name, color, written, index = 0 } of carets) {
    parts.push(
      text.slice(from, index),
      <i
        // Moved, it is a new one, and shows its name for a moment.
        key={`${person} ${written}`}
        className="m-caret"
        style={{ borderColor: color }}
        aria-hidden="true"
      >
        <b style={{ backgroundColor: color, color: readableOn(color) }}>{name}</b>
      </i>,
    );
    from = index;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
