// Three short lists beside one another: the worst pains, the widest gaps, the moments of truth.
import type { JSX, ReactNode } from 'react';
import type { Card } from '../../model/entities';
import { GAP_LABEL, type LaneKind } from '../../model/kinds';
import type { Report } from '../../model/report';
import { feelingWords, severityWords, stageName, textOr } from '../../model/report-words';
import { Face, Pips, StarMark } from '../map/marks';
import { CardLink } from './CardLink';

export function Details({ report }: { readonly report: Report }): JSX.Element {
  return (
    <div className="r-columns">
      <List title="Worst pains" missing="No pains yet.">
        {report.pains.map(({ card, stage, isAddressed }) => (
          <Item key={card.id} card={card} kind="pain">
            {card.severity === undefined ? null : <Pips value={card.severity} of={5} />}
            {severityWords(card.severity)}, {stageName(stage.title)}
            {isAddressed ? null : <span className="r-open">No opportunity addresses it</span>}
          </Item>
        ))}
      </List>
      <List
        title="Widest gaps"
        missing="No gap yet. An expectation needs what actually happens, and how far apart they are."
      >
        {report.gaps.map(({ card, stage }) => (
          <Item key={card.id} card={card} kind="expectation" after={card.actual}>
            <Pips value={card.gap ?? 0} of={3} />
            {GAP_LABEL[card.gap ?? 0]}, {stageName(stage.title)}
          </Item>
        ))}
      </List>
      <List
        title="Moments of truth"
        more={report.moreTruths}
        missing="None marked yet. A touchpoint that makes or breaks the journey is one."
      >
        {report.truths.map(({ card, stage, feeling }) => (
          <Item key={card.id} card={card} kind="touchpoint">
            {feeling === undefined ? <StarMark size={14} /> : <Face score={feeling} size={16} />}
            {feeling === undefined ? '' : `${feelingWords(feeling)} on average, `}
            {stageName(stage.title)}
          </Item>
        ))}
      </List>
    </div>
  );
}

export function List({
  title,
  missing,
  more = 0,
  children,
}: {
  readonly title: string;
  readonly missing: string;
  /** How many are not shown. */
  readonly more?: number;
  readonly children: readonly JSX.Element[];
}): JSX.Element {
  return (
    <section className="r-list" aria-label={title}>
      <h2>{title}</h2>
      {children.length === 0 ? <p className="r-missing">{missing}</p> : <ul>{children}</ul>}
      {more === 0 ? null : <p className="r-note">and {more} more</p>}
    </section>
  );
}

export function Item({
  card,
  kind,
  after,
  children,
}: {
  readonly card: Card;
  readonly kind: LaneKind;
  /** What happens instead. */
  readonly after?: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <li>
      <CardLink card={card}>{textOr(card.text, kind)}</CardLink>
      {after === undefined ? null : (
        <span className="r-list__after">
          <span className="visually-hidden">Actually: </span>
          {after}
        </span>
      )}
      <span className="r-note">{children}</span>
    </li>
  );
}
