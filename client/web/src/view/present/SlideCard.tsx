// One card as a room sees it: large, with what matters about it in words. Moments of truth, severe pains and fail points stand out.
import type { JSX, ReactNode } from 'react';
import type { Card } from '../../model/entities';
import { GAP_LABEL, type LaneKind, SEVERITY_LABEL } from '../../model/kinds';
import { feelingWords, planWords, textOr } from '../../model/report-words';
import { dotWords, placeText, type Standing } from '../../model/rounds';
import { Face, Pips, StarMark } from '../map/marks';
import { AlertIcon } from '../ui';
import { fullDay } from '../words';

const SEVERE = 4;

export function SlideCard({
  card,
  kind,
  persona,
  vote,
}: {
  readonly card: Card;
  readonly kind: LaneKind;
  readonly persona: string | undefined;
  /** Its place in the last vote. */
  readonly vote: Standing | undefined;
}): JSX.Element {
  const strong = isStrong(card, kind) ? ' p-card--strong' : '';
  return (
    <li className={`p-card p-card--${kind}${strong}`}>
      <CardWords card={card} kind={kind} persona={persona} />
      {vote === undefined ? null : (
        <Facts>
          <b className="p-card__votes">{dotWords(vote.dots)}</b>
          <span>rank {placeText(vote)} in the vote</span>
        </Facts>
      )}
    </li>
  );
}

function isStrong(card: Card, kind: LaneKind): boolean {
  if (kind === 'touchpoint') return card.momentOfTruth;
  if (kind === 'pain') return (card.severity ?? 0) >= SEVERE;
  return card.failPoint && ['evidence', 'frontstage', 'backstage', 'support'].includes(kind);
}

function CardWords({
  card,
  kind,
  persona,
}: {
  readonly card: Card;
  readonly kind: LaneKind;
  readonly persona: string | undefined;
}): JSX.Element {
  const text = <p className="p-card__text">{textOr(card.text, kind)}</p>;
  switch (kind) {
    case 'touchpoint':
      return (
        <>
          {text}
          <Facts>
            {card.momentOfTruth ? (
              <b>
                <StarMark size={16} /> Moment of truth
              </b>
            ) : null}
            {card.channel === undefined ? null : <span>{card.channel}</span>}
            {card.owned ? null : <span>not ours</span>}
          </Facts>
        </>
      );
    case 'expectation':
      return (
        <>
          <p className="p-card__label">Expected</p>
          {text}
          {card.actual === '' ? null : (
            <>
              <p className="p-card__label">Actually</p>
              <p className="p-card__text p-card__actual">{card.actual}</p>
            </>
          )}
          <Facts>
            {card.gap === undefined ? null : (
              <span>
                <Pips value={card.gap} of={3} /> {GAP_LABEL[card.gap]}
              </span>
            )}
          </Facts>
        </>
      );
    case 'emotion':
      return (
        <>
          <p className="p-card__feeling">
            {card.score === undefined ? null : <Face score={card.score} size={28} />}
            <span>{textOr(card.text, kind)}</span>
          </p>
          {card.quote === '' ? null : <blockquote>“{card.quote}”</blockquote>}
          <Facts>
            {persona === undefined ? null : <span>{persona}</span>}
            {card.score === undefined ? null : <span>{feelingWords(card.score)}</span>}
          </Facts>
        </>
      );
    case 'pain':
      return (
        <>
          {text}
          <Facts>
            {card.severity === undefined ? null : (
              <span>
                <Pips value={card.severity} of={5} /> {SEVERITY_LABEL[card.severity - 1]}
              </span>
            )}
          </Facts>
        </>
      );
    case 'opportunity':
      return (
        <>
          {text}
          <Facts>
            <span>{planWords(card, fullDay)}</span>
          </Facts>
        </>
      );
    case 'metric':
      return (
        <>
          {card.value === undefined ? null : (
            <p className="p-card__figure">
              {card.value.toLocaleString()} {card.unit}
            </p>
          )}
          {text}
          <Facts>
            {card.target === undefined ? null : (
              <span>
                Target {card.target.toLocaleString()} {card.unit}
              </span>
            )}
          </Facts>
        </>
      );
    case 'evidence':
    case 'frontstage':
    case 'backstage':
    case 'support':
      return (
        <>
          {text}
          <Facts>
            {card.failPoint ? (
              <b>
                <AlertIcon size={16} /> Fail point
              </b>
            ) : null}
            {card.actor === undefined ? null : <span>{card.actor}</span>}
          </Facts>
        </>
      );
    case 'action':
    case 'note':
      return text;
  }
}

function Facts({ children }: { readonly children: ReactNode }): JSX.Element {
  return <div className="p-card__facts">{children}</div>;
}
