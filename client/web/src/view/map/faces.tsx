// What a card shows beside its text, by lane kind. One face per kind; each says in words what its marks show.
// Rendered by `CardView`; a face reads its card and nothing else, so that it redraws with its card alone.
import { Children, type JSX, type ReactNode } from 'react';
import type { Card, Persona } from '../../model/entities';
import {
  GAP_LABEL,
  type LaneKind,
  SEVERITY_LABEL,
  STATUS_LABEL,
  scoreLabel,
  scoreText,
} from '../../model/kinds';
import { AlertIcon, CalendarIcon } from '../ui';
import { Face, KindMark, LineMark, OutsideMark, Pips, StarMark, TargetMark } from './marks';

export interface FaceProps {
  readonly card: Card;
  readonly kind: LaneKind;
  /** The text, or the text area while it is being typed. */
  readonly text: ReactNode;
  readonly persona: PersonaMark | undefined;
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
        {card.channel === undefined ? null : <span className="m-chip">{card.channel}</span>}
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

function ExpectationFace({ card, text, marks }: FaceProps): JSX.Element {
  return (
    <>
      {text}
      {card.actual === '' ? null : (
        <p className="m-card__actual">
          <span className="m-card__label">Actually</span> {card.actual}
        </p>
      )}
      <Row marks={marks}>
        {card.gap === undefined ? null : (
          <span className="m-fact">
            <Pips value={card.gap} of={3} />
            {GAP_LABEL[card.gap]}
          </span>
        )}
      </Row>
    </>
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

function PainFace({ card, text, marks }: FaceProps): JSX.Element {
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
          <span className="m-fact" title="Due">
            <CalendarIcon size={14} />
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

function MetricFace({ card, text, marks }: FaceProps): JSX.Element {
  return (
    <>
      {card.value === undefined ? null : (
        <p className="m-card__figure">
          <b>{card.value.toLocaleString()}</b> {card.unit}
        </p>
      )}
      {text}
      <Row marks={marks}>
        {card.target === undefined ? null : (
          <span className="m-fact">
            Target {card.target.toLocaleString()} {card.unit}
          </span>
        )}
      </Row>
    </>
  );
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

/** A card in one sentence, for its accessible name. */
export function describeCard(
  card: Card,
  kind: LaneKind,
  persona: Persona['name'] | undefined,
): string {
  const parts: (string | undefined)[] = [card.text.trim() === '' ? 'Empty card' : card.text.trim()];
  switch (kind) {
    case 'touchpoint':
      parts.push(
        card.channel === undefined ? undefined : `channel ${card.channel}`,
        card.momentOfTruth ? 'moment of truth' : undefined,
        card.owned ? undefined : 'beyond our control',
      );
      break;
    case 'expectation':
      parts.push(
        card.actual === '' ? undefined : `actually: ${card.actual}`,
        card.gap === undefined ? undefined : GAP_LABEL[card.gap],
      );
      break;
    case 'emotion':
      parts.push(
        card.score === undefined
          ? 'no score'
          : `${scoreText(card.score)}, ${scoreLabel(card.score)}`,
        persona,
      );
      break;
    case 'pain':
      parts.push(card.severity === undefined ? undefined : `severity ${card.severity} of 5`);
      break;
    case 'opportunity':
      parts.push(
        card.impact === undefined ? undefined : `impact ${card.impact}`,
        card.effort === undefined ? undefined : `effort ${card.effort}`,
        card.status === undefined ? undefined : STATUS_LABEL[card.status],
        card.owner,
      );
      break;
    case 'metric':
      parts.push(card.value === undefined ? undefined : `${card.value} ${card.unit ?? ''}`.trim());
      break;
    case 'evidence':
    case 'frontstage':
    case 'backstage':
    case 'support':
      parts.push(card.actor, card.failPoint ? 'fail point' : undefined);
      break;
    case 'action':
    case 'note':
      break;
  }
  return parts.filter((part) => part !== undefined).join('; ');
}
