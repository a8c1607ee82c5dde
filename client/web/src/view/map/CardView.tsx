// One card in its cell. It redraws when its own snapshot, its visitors, or this person's standing on it change, and never
// for anything else: three hundred of them are on screen while thirty people type.
import { type CSSProperties, type JSX, memo } from 'react';
import { blankCard } from '../../model/cards';
import { lineOf, lineStyle } from '../../model/emotion';
import type { Card } from '../../model/entities';
import { LANE_WORDS, type LaneKind } from '../../model/kinds';
import { placeKey } from '../../model/people';
import { CardEditor } from './CardEditor';
import { describeCard, describeLinks } from './describe';
import { CardFace, type PersonaMark } from './faces';
import { LiveText } from './LiveText';
import { overlayWords, type Seen, seenThrough, spokenWords } from './looking/glass';
import { DetailsMark, EvidenceMark, SourceMark, ThreadMark } from './marks';
import { spotKey } from './spot';
import { useBoard, useEditing, usePart, useSelected, useStanding, useStore } from './use';
import { Visitors } from './Visitors';

export interface CardViewProps {
  readonly id: string;
  readonly lane: string;
  readonly stage: string;
  readonly kind: LaneKind;
}

export const CardView = memo(function CardView({
  id,
  lane,
  stage,
  kind,
}: CardViewProps): JSX.Element {
  const board = useBoard();
  const card = useStore(board.journey.card(id)) ?? blankCard(id, lane, stage);
  const key = spotKey({ kind: 'card', card: id, lane, stage });
  const standing = useStanding(key);
  const editing = useEditing(id);
  const selected = useSelected(id);
  const visitors = useStore(board.people.at(placeKey({ card: id })));
  const comments = usePart(
    board.journey.thread(id),
    (thread) => thread.filter((comment) => !comment.resolved).length,
  );
  const addressedBy = usePart(
    board.journey.addressedBy(id),
    (opportunities) => opportunities.length,
  );
  const votes = usePart(board.votes, (all) => all?.of(id) ?? '');
  const VotesFace = board.votes.get()?.Face;
  const persona = usePersona(card, kind);
  const seen = useSeen(card, kind);
  const thread = board.journey.thread(id).get();
  const overlay = overlayWords(seen, card, thread);
  const spoken = spokenWords(seen, card, thread);
  const links = standing && !editing ? describeLinks(board, card, kind) : undefined;
  const first = visitors[0];
  const dragged = visitors.some((visitor) => visitor.dragging);
  const style: CSSProperties & Record<`--${string}`, string> = {};
  if (first !== undefined) style['--visitor'] = first.color;
  if (card.color !== undefined) style['--own'] = card.color;
  const classes = [
    'm-card',
    `m-card--${kind}`,
    editing ? 'm-card--editing' : '',
    selected ? 'm-card--selected' : '',
    first === undefined ? '' : 'm-card--visited',
    dragged ? 'm-card--away' : '',
    card.color === undefined ? '' : 'm-card--own',
    votes === '' ? '' : 'm-card--vote',
    ...seen.split(' ').map((mark) => (mark === '' ? '' : `m-seen--${mark}`)),
  ];
  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      style={style}
      role="listitem"
      data-spot={key}
      data-card={id}
      tabIndex={standing && !editing ? 0 : -1}
      aria-label={`${LANE_WORDS[kind].card}${selected ? ', selected' : ''}: ${describeCard(
        card,
        kind,
        {
          persona: persona?.name,
          addressedBy,
          comments,
        },
      )}${votes === '' ? '' : `; ${votes}`}${spoken.map((words) => `; ${words}`).join('')}${first === undefined ? '' : `; ${board.visiting}: ${visitors.map((visitor) => visitor.name).join(', ')}`}`}
      {...(links === undefined ? {} : { 'aria-description': links })}
    >
      <CardFace
        card={card}
        kind={kind}
        persona={persona}
        addressedBy={addressedBy}
        marks={
          card.confidence === 'assumption' && comments === 0 ? null : (
            <CardMarks
              evidence={card.confidence === 'evidence'}
              sources={card.sources.length}
              comments={comments}
            />
          )
        }
        text={
          editing ? (
            <CardEditor id={id} kind={kind} />
          ) : (
            <p className={card.text === '' ? 'm-card__text m-card__text--empty' : 'm-card__text'}>
              {card.text === '' ? (
                'Empty'
              ) : (
                <LiveText text={card.text} root="cards" id={id} field="text" />
              )}
            </p>
          )
        }
      />
      {votes === '' || VotesFace === undefined ? null : <VotesFace card={id} text={card.text} />}
      <OverlayLine words={overlay} />
      {editing ? null : (
        // For the pointer only: Space opens the same panel from the keyboard.
        <span className="m-card__more" data-details={id} aria-hidden="true" title="Details (Space)">
          <DetailsMark />
        </span>
      )}
      <Visitors visitors={visitors} />
    </div>
  );
});

/** How the filter, the overlay and the search of this person show the card. */
function useSeen(card: Card, kind: LaneKind): Seen {
  const { journey, looking } = useBoard();
  return usePart(looking.glass, (glass) =>
    seenThrough(glass, card, kind, journey.thread(card.id).get()),
  );
}

function usePersona(card: Card, kind: LaneKind): PersonaMark | undefined {
  const board = useBoard();
  const personas = useStore(board.journey.personas.all);
  if (kind !== 'emotion') return undefined;
  const line = lineOf(card, personas);
  const persona = personas.find((one) => one.id === line);
  if (persona === undefined) return undefined;
  return { name: persona.name || 'Unnamed', style: lineStyle(personas, persona.id) };
}

/** What the overlay says of the card, below everything else. */
export function OverlayLine({ words }: { readonly words: string | undefined }): JSX.Element | null {
  return words === undefined ? null : <p className="m-card__seen">{words}</p>;
}

export function CardMarks({
  evidence,
  sources,
  comments,
}: {
  readonly evidence: boolean;
  readonly sources: number;
  readonly comments: number;
}): JSX.Element {
  return (
    <span className="m-card__marks">
      {sources > 0 ? (
        <span className="m-fact" title={sources === 1 ? '1 source' : `${sources} sources`}>
          <SourceMark />
          {sources}
        </span>
      ) : evidence ? (
        <span className="m-fact" title="Evidence, no source named">
          <EvidenceMark />
        </span>
      ) : null}
      {comments > 0 ? (
        <span
          className="m-fact"
          title={comments === 1 ? '1 open comment' : `${comments} open comments`}
        >
          <ThreadMark />
          {comments}
        </span>
      ) : null}
    </span>
  );
}
