// What a card shows beside its text, by lane kind. One face per kind; each says in words what its marks show.
// Rendered by `CardView`; a face reads its card and nothing else, so that it redraws with its card alone.
import { Children, type JSX, type ReactNode } from 'react';
import type { Card } from '../../model/entities';
import {
  GAP_LABEL,
  type LaneKind,
  SEVERITY_LABEL,
  STATUS_LABEL,
  scoreLabel,
  scoreText,
} from '../../model/kinds';
import { isDay, today } from '../../model/review';
import { AlertIcon, CalendarIcon } from '../ui';
import { ChannelMark } from './channels';
import { Face, KindMark, LineMark, OutsideMark, Pips, StarMark, TargetMark } from './marks';

export interface FaceProps {
  readonly card: Card;
  readonly kind: LaneKind;
  /** The text, or the text area while it is being typed. */
  readonly text: ReactNode;
  readonly persona: PersonaMark | undefined;
  /** How many opportunities address it. */
  readonly addressedBy: number;
  /** Counts of sources and comments: the end of the face's last row. */
  readonly marks: ReactNode;
}

/** Which persona's feeling it is, with the style of that persona's line. */
export interface PersonaMark {
  readonly name: string;
  readonly style: number;
}

export function CardFace(props: FaceProps): JSX.Element {
  switch (props.kind) {
    case 'touchpoint':
      return <TouchpointFace {...props} />;
    case 'expectation':
      return <ExpectationFace {...props} />;
    case 'emotion':
      return <EmotionFace {...props} />;
    case 'pain':
      return <PainFace {...props} />;
    case 'opportunity':
      return <OpportunityFace {...props} />;
    case 'metric':
      return <MetricFace {...props} />;
    case 'evidence':
    case 'frontstage':
    case 'backstage':
    case 'support':
      return <BlueprintFace {...props} />;
    case 'action':
    case 'note':
      return (
        <>
          {props.text}
          <Row marks={props.marks} />
        </>
      );
  }
}

/** One line of marks; nothing when there is nothing to say. Counts alone slip in beside the text's last line. */
function Row({
  marks = null,
  children,
}: {
  readonly marks?: ReactNode;
  readonly children?: ReactNode;
}): JSX.Element | null {
  const facts = Children.toArray(children);
  if (facts.length === 0 && marks === null) return null;
  return (
    <div className={facts.length === 0 ? 'm-card__row m-card__row--alone' : 'm-card__row'}>
      {children}
      {marks}
    </div>
  );
}

function TouchpointFace({ card, text, marks }: FaceProps): JSX.Element {
  return (
    <>
      {text}
      <Row marks={marks}>
        {card.channel === undefined ? null : (
          <span className="m-chip">
            <ChannelMark channel={card.channel} size={13} />
            {card.channel}
          </span>
        )}
        {card.momentOfTruth ? (
          <span className="m-chip m-chip--strong">
            <StarMark size={12} />
            Moment of truth
          </span>
        ) : null}
        {card.owned ? null : (
          <span className="m-fact" title="Beyond our control">
            <OutsideMark />
            Not ours
          </span>
        )}
      </Row>
    </>
  );
}

/** A typed pair: what they expect, what they get, and how far apart the two are. */
function ExpectationFace({ card, text, addressedBy, marks }: FaceProps): JSX.Element {
  return (
    <>
      <div className="m-pair">
        <div className="m-pair__half">
          <span className="m-card__label">Expects</span>
          {text}
        </div>
        <div className="m-pair__half">
          <span className="m-card__label">Gets</span>
          {card.actual === '' ? (
            <p className="m-card__text m-card__text--empty">Not known yet</p>
          ) : (
            <p className="m-card__actual">{card.actual}</p>
          )}
        </div>
      </div>
      <Row marks={marks}>
        {card.gap === undefined ? null : (
          <span className={card.gap === 0 ? 'm-fact' : 'm-fact m-fact--strong'}>
            <Pips value={card.gap} of={3} />
            {GAP_LABEL[card.gap]}
          </span>
        )}
        <Addressed by={addressedBy} />
      </Row>
    </>
  );
}

/** How many opportunities answer it; nothing while none does. */
function Addressed({ by }: { readonly by: number }): JSX.Element | null {
  if (by === 0) return null;
  return (
    <span
      className="m-fact"
      title={by === 1 ? 'One opportunity addresses it' : `${by} opportunities address it`}
    >
      <TargetMark />
      Addressed by {by}
    </span>
  );
}

function EmotionFace({ card, text, persona, marks }: FaceProps): JSX.Element {
  return (
    <>
      {text}
      {card.quote === '' ? null : <p className="m-card__quote">“{card.quote}”</p>}
      <Row marks={marks}>
        {card.score === undefined ? (
          <span className="m-fact">No score yet</span>
        ) : (
          <span className="m-fact m-fact--strong">
            <Face score={card.score} />
            {scoreText(card.score)} {scoreLabel(card.score)}
          </span>
        )}
        {persona === undefined ? null : (
          <span className="m-fact">
            <LineMark style={persona.style} />
            {persona.name}
          </span>
        )}
      </Row>
    </>
  );
}

function PainFace({ card, text, addressedBy, marks }: FaceProps): JSX.Element {
  return (
    <>
      {text}
      <Row marks={marks}>
        {card.severity === undefined ? null : (
          <span className="m-fact">
            <Pips value={card.severity} of={5} />
            {SEVERITY_LABEL[card.severity - 1]}
          </span>
        )}
        <Addressed by={addressedBy} />
      </Row>
    </>
  );
}

function OpportunityFace({ card, text, marks }: FaceProps): JSX.Element {
  const worth = [
    ['Impact', card.impact],
    ['Value', card.value],
    ['Effort', card.effort],
  ] as const;
  return (
    <>
      <div className={card.status === 'dropped' ? 'm-card__dropped' : undefined}>{text}</div>
      <Row>
        {worth.map(([name, value]) =>
          value === undefined ? null : (
            <span key={name} className="m-fact">
              {name} <b>{value}</b>
            </span>
          ),
        )}
      </Row>
      <Row>
        {card.status === undefined ? null : (
          <span className={`m-chip m-chip--${card.status}`}>{STATUS_LABEL[card.status]}</span>
        )}
        {card.owner === undefined ? null : <span className="m-fact">{card.owner}</span>}
      </Row>
      <Row marks={marks}>
        {card.due === undefined ? null : (
          <span className={isOverdue(card) ? 'm-fact m-fact--late' : 'm-fact'}>
            <CalendarIcon size={14} />
            {isOverdue(card) ? 'Overdue since ' : 'Due '}
            {shortDate(card.due)}
          </span>
        )}
        {card.addresses.length === 0 ? null : (
          <span
            className="m-fact"
            title={`Addresses ${card.addresses.length} ${card.addresses.length === 1 ? 'card' : 'cards'}`}
          >
            <TargetMark />
            {card.addresses.length}
          </span>
        )}
      </Row>
    </>
  );
}

/** Past its day and neither done nor dropped. */
function isOverdue(card: Card): boolean {
  if (card.due === undefined || card.status === 'done' || card.status === 'dropped') return false;
  return isDay(card.due) && card.due < today(new Date());
}

function MetricFace({ card, text, marks }: FaceProps): JSX.Element {
  const value = figure(card.value, card.valueText);
  const target = figure(card.target, card.targetText);
  return (
    <>
      {value === undefined ? null : (
        <p className="m-card__figure">
          <b>{value}</b> {card.value === undefined ? null : card.unit}
        </p>
      )}
      {text}
      <Row marks={marks}>
        {target === undefined ? null : (
          <span className="m-fact">
            Target {target} {card.target === undefined ? null : card.unit}
          </span>
        )}
      </Row>
    </>
  );
}

/** A figure as it is read: a number in the reader's own writing, else the words that stand for it. */
function figure(number: number | undefined, words: string | undefined): string | undefined {
  return number?.toLocaleString() ?? words;
}

function BlueprintFace({ card, text, kind, marks }: FaceProps): JSX.Element {
  return (
    <>
      {text}
      <Row marks={marks}>
        {card.actor === undefined ? null : (
          <span className="m-chip">
            <KindMark kind={kind} size={12} />
            {card.actor}
          </span>
        )}
        {card.failPoint ? (
          <span className="m-chip m-chip--fail">
            <AlertIcon size={12} />
            Fail point
          </span>
        ) : null}
      </Row>
    </>
  );
}

/** A date as people say it here; what is no date is shown as it was written. */
export function shortDate(date: string): string {
  const parsed = new Date(`${date.slice(0, 10)}T00:00:00`);
  if (Number.isNaN(parsed.getTime())) return date;
  const sameYear = parsed.getFullYear() === new Date().getFullYear();
  return parsed.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** A day in full: "16 November 2026". */
export function dayInWords(date: string): string {
  const parsed = new Date(`${date}T00:00:00`);
  if (Number.isNaN(parsed.getTime())) return date;
  return parsed.toLocaleDateString(undefined, { dateStyle: 'long' });
}
