// Everything about one card: its text, the fields of its lane's kind, what it rests on, what was said about it.
import { type JSX, useMemo } from 'react';
import type { Card } from '../../../model/entities';
import { LANE_WORDS, textLabel } from '../../../model/kinds';
import { cardText } from '../../../model/text/field';
import { bringEveryone } from '../../people/company';
import {
  Button,
  CloseIcon,
  ColorChoice,
  colorName,
  GatherIcon,
  IconButton,
  TrashIcon,
} from '../../ui';
import { useFacilitates } from '../../workshop/use-me';
import { KindMark } from '../marks';
import { useBoard, usePart, useStore } from '../use';
import { Comments } from './Comments';
import { BoundText } from './controls';
import { KindFields } from './KindFields';
import { Reading, useReading, WhyRead } from './reading';
import { Sources } from './Sources';
import { WhoWrote } from './WhoWrote';

export function CardDetails({ id }: { readonly id: string }): JSX.Element | null {
  const board = useBoard();
  const isRead = useReading();
  const card = useStore(board.journey.card(id));
  const kind = usePart(
    board.journey.lanes.one(card?.lane ?? ''),
    (lane) => lane?.kind ?? ('note' as const),
  );
  const text = useMemo(() => cardText(board.journey, id, 'text'), [board, id]);
  const mayBring = useFacilitates();
  if (card === undefined) return null;
  return (
    <>
      <header className="m-panel__head">
        <span className={`m-panel__kind m-kind m-kind--${kind}`}>
          <KindMark kind={kind} />
        </span>
        <div className="m-panel__where">
          <h2>{LANE_WORDS[kind].card}</h2>
          <p>{board.describe(card.lane, card.stage)}</p>
        </div>
        <IconButton label="Close details" icon={CloseIcon} onPress={() => board.closePanel()} />
      </header>
      <WhyRead />
      <div className="m-panel__body">
        <BoundText
          label={textLabel(kind, 'text')}
          name="text"
          field={text}
          lines={3}
          placeholder={LANE_WORDS[kind].hint}
          first
        />
        <KindFields card={card} kind={kind} />
        <Sources card={card} />
        <Comments card={card.id} />
        <OwnColor card={card} />
        {board.visiting === 'here' ? <WhoWrote card={card.id} kind={kind} /> : null}
        <footer className="m-panel__foot">
          <p>{origin(card)}</p>
          {mayBring ? (
            <Button
              icon={GatherIcon}
              variant="ghost"
              size="s"
              onPress={() =>
                void bringEveryone(board, {
                  kind: 'card',
                  card: id,
                  lane: card.lane,
                  stage: card.stage,
                })
              }
            >
              Bring everyone here
            </Button>
          ) : null}
          {isRead ? null : (
            <Button
              icon={TrashIcon}
              variant="ghost"
              size="s"
              className="m-panel__delete"
              onPress={() => board.removeCard(card)}
            >
              Delete card
            </Button>
          )}
        </footer>
      </div>
    </>
  );
}

function OwnColor({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  if (isRead) {
    return (
      <Reading label="Colour" name="color">
        {card.color === undefined ? undefined : colorName(card.color)}
      </Reading>
    );
  }
  return (
    <div className="m-section" data-field="color">
      <ColorChoice
        label="Colour"
        value={card.color ?? ''}
        none
        onChange={(color) => board.setFields(card.id, { color: color === '' ? undefined : color })}
      />
    </div>
  );
}

function origin(card: Card): string {
  const at = card.createdAt === undefined ? undefined : new Date(card.createdAt);
  const when =
    at === undefined || Number.isNaN(at.getTime())
      ? undefined
      : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  if (card.author === undefined && when === undefined) return 'Author unknown';
  return [card.author === undefined ? undefined : `Written by ${card.author}`, when]
    .filter((part) => part !== undefined)
    .join(', ');
}
