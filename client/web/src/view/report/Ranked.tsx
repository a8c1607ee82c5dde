// The top opportunities as one ranked table: what, who, by when, and what each is worth.
import type { JSX } from 'react';
import { STATUS_LABEL } from '../../model/kinds';
import { RATING_LABEL, RATINGS, rankWords, ratingOf, scoreWords } from '../../model/opportunities';
import type { OpportunityLine, Report } from '../../model/report';
import { otherOpportunities, stageName, textOr } from '../../model/report-words';
import { dotWords } from '../../model/rounds';
import { fullDay } from '../words';
import { CardLink } from './CardLink';

export function Ranked({ report }: { readonly report: Report }): JSX.Element {
  const others = otherOpportunities(report);
  return (
    <section className="r-ranked" aria-labelledby="r-ranked">
      <h2 id="r-ranked">What to do first</h2>
      {report.opportunities.length === 0 ? (
        <p className="r-missing">
          No open opportunity. Say on the map what could be better, for whom and who does it.
        </p>
      ) : (
        <table className="r-table">
          <thead>
            <tr>
              <th scope="col">Rank</th>
              <th scope="col">Opportunity</th>
              <th scope="col">Owner</th>
              <th scope="col">Status</th>
              <th scope="col">Score</th>
            </tr>
          </thead>
          <tbody>
            {report.opportunities.map((line) => (
              <Row key={line.opportunity.id} line={line} />
            ))}
          </tbody>
        </table>
      )}
      <p className="r-note">
        Score is impact plus value, divided by effort.{others === '' ? '' : ` Besides: ${others}.`}
      </p>
    </section>
  );
}

function Row({ line }: { readonly line: OpportunityLine }): JSX.Element {
  const { card, stage, score, addresses, vote } = line.opportunity;
  return (
    <tr>
      <td className="r-table__rank">{line.rank === undefined ? '–' : rankWords(line.rank)}</td>
      <td className="r-table__what">
        <CardLink card={card}>{textOr(card.text, 'opportunity')}</CardLink>
        <span className="r-note">
          {stageName(stage.title)}
          {addresses.length === 0
            ? ', addresses no pain yet'
            : `, against: ${addresses.map((one) => textOr(one.card.text, one.kind)).join('; ')}`}
        </span>
      </td>
      <td data-label="Owner">
        {card.owner === undefined ? <span className="r-missing">No owner yet</span> : card.owner}
      </td>
      <td data-label="Status">
        {STATUS_LABEL[card.status ?? 'idea']}
        {card.due === undefined ? null : <span className="r-note">due {fullDay(card.due)}</span>}
      </td>
      <td data-label="Score" className="r-table__score">
        <b>{score === undefined ? 'Not rated' : scoreWords(score)}</b>
        {vote === undefined ? null : (
          <span className="r-note">{dotWords(vote.dots)} in the vote</span>
        )}
        <span className="r-note">
          {RATINGS.map((rating) => `${RATING_LABEL[rating]} ${ratingOf(card, rating) ?? '–'}`).join(
            ', ',
          )}
        </span>
      </td>
    </tr>
  );
}
