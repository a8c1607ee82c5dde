// The drafts of one cell, below its cards: drawn as what they are, cards that nobody else sees yet. Arrows lead to them as to cards, and the
// keys of a card do to them what they do to a card.
import { type JSX, type KeyboardEvent, useRef } from 'react';
import { LANE_WORDS } from '../../model/kinds';
import { actFor } from '../map/acts';
import { directionOf } from '../map/acts/moving';
import type { DeskCellProps } from '../map/desk';
import { spotKey } from '../map/spot';
import { useBoard, usePart, useStanding, useStore } from '../map/use';
import { CloseIcon, EyeOffIcon } from '../ui';
import { DraftEditor } from './DraftEditor';
import { dragDraft } from './drag-draft';
import { useDesk } from './use-desk';

export function DraftCell({ lane, stage, ids }: DeskCellProps): JSX.Element {
  return (
    <ul className="b-drafts" aria-label="Only you see these until they are revealed">
      {ids.map((id) => (
        <DraftCard key={id} id={id} lane={lane} stage={stage} />
      ))}
    </ul>
  );
}

function DraftCard({
  id,
  lane,
  stage,
}: {
  readonly id: string;
  readonly lane: string;
  readonly stage: string;
}): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const text = usePart(desk.drafts.all, () => desk.drafts.get(id)?.text ?? '');
  const kind = usePart(board.journey.lanes.one(lane), (found) => found?.kind ?? 'note');
  const isWriting = usePart(desk.writing, (writing) => writing?.id === id);
  const key = spotKey({ kind: 'draft', draft: id, lane, stage });
  const standing = useStanding(key);
  const stoodHere = useRef(false);
  const draft = { id, lane, stage, text };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const [act, chord] = actFor(event, 'grid', ({ on }) => on?.includes('card') === true) ?? [];
    switch (act?.id) {
      case 'card.edit':
        desk.edit(id);
        break;
      case 'card.delete':
        desk.drop(draft);
        break;
      case 'card.move':
        desk.nudge(draft, directionOf(chord ?? ''));
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li
      className={`m-card m-card--${kind} b-draft ${isWriting ? 'm-card--editing' : ''}`}
      data-spot={key}
      data-draft={id}
      data-no-drag=""
      tabIndex={standing && !isWriting ? 0 : -1}
      aria-label={`Private ${LANE_WORDS[kind].card}, only you see it: ${text.trim() || 'empty'}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        stoodHere.current = document.activeElement === event.currentTarget;
        if (!isWriting) dragDraft(board, desk, draft, event);
      }}
      onClick={() => {
        // A finger has no double click: a tap on the one that is stood on edits it.
        if (!isWriting && stoodHere.current) desk.edit(id);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (!isWriting) desk.edit(id);
      }}
    >
      {isWriting ? <DraftEditor id={id} kind={kind} /> : <p className="m-card__text">{text}</p>}
      <p className="b-draft__private" aria-hidden="true">
        <EyeOffIcon size={14} />
        Only you see this
      </p>
      {isWriting ? null : (
        // For the pointer only: Delete drops it from the keyboard.
        <span
          className="b-draft__drop"
          aria-hidden="true"
          title="Drop it (Delete)"
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            desk.drop(draft);
          }}
        >
          <CloseIcon size={14} />
        </span>
      )}
    </li>
  );
}

/** How many there are, for whoever redraws with it. */
export function useDraftCount(): number {
  const desk = useDesk();
  return useStore(desk.drafts.all).filter(({ text }) => text.trim() !== '').length;
}
