// What people voted for: the question, who took part, the first places with ties as ties, and the run-off beside them.
import type { JSX } from 'react';
import type { Report } from '../../model/report';
import type { VoteLine } from '../../model/report-votes';
import { otherVotes, runOffWords, textOr, voteWords } from '../../model/report-words';
import { placeText } from '../../model/rounds';
import { fullDay } from '../words';
import { CardLink } from './CardLink';
import './voted.css';

export function Voted({ report }: { readonly report: Report }): JSX.Element | null {
  const { vote } = report;
  if (vote === undefined) return null;
  const others = otherVotes(vote);
  const most = vote.lines[0]?.place.dots ?? 1;
  return (
    <section className="r-voted" aria-labelledby="r-voted">
      <h2 id="r-voted">What people voted for</h2>
      <p className="r-voted__question">
        {vote.round.setup.question} <span className="r-note">{voteWords(vote, fullDay)}</span>
      </p>
      {vote.lines.length === 0 ? (
        <p className="r-missing">Nobody placed a dot.</p>
      ) : (
        <ol className="r-votes">
          {vote.lines.map((line) => (
            <Line key={line.place.card} line={line} most={most} />
          ))}
        </ol>
      )}
      {others === '' ? null : <p className="r-note">Besides: {others}.</p>}
    </section>
  );
}

function Line({ line, most }: { readonly line: VoteLine; readonly most: number }): JSX.Element {
  const { place, card } = line;
  const settled = runOffWords(line);
  return (
    <li>
      <b className="r-votes__rank">
        <span className="visually-hidden">Rank </span>
        {placeText(place)}
        {place.tied ? <span className="visually-hidden"> (a tie)</span> : null}
      </b>
      <div className="r-votes__what">
        {card === undefined ? (
          <>
            {place.text || 'Empty card'} <span className="r-note">deleted since</span>
          </>
        ) : (
          <CardLink card={card}>{textOr(card.text, 'note')}</CardLink>
        )}
        <span className="r-votes__bar" aria-hidden="true">
          <span style={{ width: `${(100 * place.dots) / most}%` }} />
        </span>
        {settled === undefined ? null : <span className="r-note">In the run-off: {settled}</span>}
      </div>
      <span className="r-votes__dots">
        <b>{place.dots}</b> {place.dots === 1 ? 'dot' : 'dots'}
        <span className="r-note">
          from {place.voters} {place.voters === 1 ? 'voter' : 'voters'}
        </span>
      </span>
    </li>
  );
}
