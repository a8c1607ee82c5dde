// What an opportunity says, where it is on the map, what it rests on and what was said about it. The words are edited in place,
// together with whoever else is typing in them.
import { type JSX, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Card } from '../../model/entities';
import type { Opportunity } from '../../model/opportunities';
import { placeKey } from '../../model/people';
import { dotWords, placeText, placeWords } from '../../model/rounds';
import { cardText } from '../../model/text/field';
import { SourceMark, ThreadMark } from '../map/marks';
import { TextBox } from '../map/TextBox';
import { useBoard, usePart, useStill, useStore } from '../map/use';
import { Visitors } from '../map/Visitors';
import { Badge } from '../ui';
import { Cell } from './Cell';
import { useDesk, useOpenAt } from './desk';

export function TextCell({ opportunity }: { readonly opportunity: Opportunity }): JSX.Element {
  const { card, stage, vote } = opportunity;
  const board = useBoard();
  const desk = useDesk();
  const isOpen = useOpenAt(card.id, 'text');
  const still = useStill(card);
  const visitors = useStore(board.people.at(placeKey({ card: card.id })));
  const comments = usePart(
    board.journey.thread(card.id),
    (thread) => thread.filter(({ resolved }) => !resolved).length,
  );
  const facts = [
    stage.title || 'Unnamed stage',
    ...(vote === undefined ? [] : [`${dotWords(vote.dots)} in the vote, ${placeWords(vote)}`]),
    card.confidence,
    ...(card.sources.length === 0 ? [] : [count(card.sources.length, 'source')]),
    ...(comments === 0 ? [] : [count(comments, 'open comment')]),
    ...(visitors.length === 0 ? [] : [`here: ${visitors.map(({ name }) => name).join(', ')}`]),
  ];
  return (
    <Cell
      row={card.id}
      column="text"
      isHead
      label={`${card.text || 'Empty card'}; ${facts.join(', ')}`}
    >
      <div className="o-text">
        {isOpen && !still ? (
          <WordsInput
            card={card}
            onDone={(how) => {
              desk.close();
              if (how === 'by key') desk.go({ row: card.id, column: 'text' });
            }}
          />
        ) : (
          <p
            data-words=""
            className={card.text === '' ? 'o-text__words o-text__words--empty' : 'o-text__words'}
          >
            {card.text === '' ? 'Empty' : card.text}
          </p>
        )}
        <p className="o-text__facts">
          <span>{stage.title || 'Unnamed stage'}</span>
          {vote === undefined ? null : (
            <Badge tone="accent">{`${dotWords(vote.dots)}, rank ${placeText(vote)}`}</Badge>
          )}
          {card.confidence === 'evidence' ? (
            <Badge>Evidence</Badge>
          ) : (
            <span className="o-assumption">Assumption</span>
          )}
          {card.sources.length === 0 ? null : (
            <span className="o-count" title={count(card.sources.length, 'source')}>
              <SourceMark /> {card.sources.length}
            </span>
          )}
          {comments === 0 ? null : (
            <span className="o-count" title={count(comments, 'open comment')}>
              <ThreadMark /> {comments}
            </span>
          )}
        </p>
        <Visitors visitors={visitors} />
      </div>
    </Cell>
  );
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

function WordsInput({
  card,
  onDone,
}: {
  readonly card: Card;
  readonly onDone: (how: 'left' | 'by key') => void;
}): JSX.Element {
  const board = useBoard();
  const { id } = card;
  const area = useRef<HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  const depth = useRef(0);
  const latest = useRef(card);
  const field = useMemo(() => cardText(board.journey, id, 'text'), [board, id]);
  useLayoutEffect(() => {
    latest.current = card;
  });
  useLayoutEffect(() => {
    const element = area.current;
    board.journey.steps.boundary();
    depth.current = board.journey.steps.depth;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [board]);
  useEffect(() => {
    isDone.current = false;
    board.typeInPanel(true);
    return () => {
      board.typeInPanel(false);
      const isGone = board.journey.card(id).get() === undefined;
      // An own undo may take the card away; else somebody else deleted it under these words.
      if (isGone && !isDone.current && !board.leaving) board.writing.offerBack(latest.current);
    };
  }, [board, id]);
  const done = (how: 'left' | 'by key'): void => {
    if (isDone.current) return;
    isDone.current = true;
    board.journey.steps.boundary();
    onDone(how);
  };
  return (
    <TextBox
      ref={area}
      field={field}
      className="c-input o-input o-input--words"
      aria-label="Text of the opportunity"
      enterKeyHint="done"
      onHistory={(direction) => (direction === 'undo' ? board.undo() : board.redo())}
      onBlur={(event) => {
        // Another window took the focus, or the card is gone: neither is the person's doing.
        const element = event.currentTarget;
        if (document.activeElement !== element && element.isConnected) done('left');
      }}
      onKeyDown={(event) => {
        // The list's keys are not for someone who is typing.
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          done('by key');
        } else if (event.key === 'Escape') {
          event.preventDefault();
          board.journey.steps.backTo(depth.current);
          done('by key');
        } else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          if (event.shiftKey) board.redo();
          else board.undo();
        }
      }}
    />
  );
}
