// The worst moments: a stage, what somebody said there, the pain behind it and the gap it opens.
import type { JSX } from 'react';
import { GAP_LABEL } from '../../model/kinds';
import type { Moment, Report } from '../../model/report';
import { feelingWords, severityWords, stageName, textOr } from '../../model/report-words';
import { Face } from '../map/marks';
import { CardLink } from './CardLink';

export function Moments({ report }: { readonly report: Report }): JSX.Element | null {
  const { moments } = report;
  if (moments.length === 0) return null;
  const isBad = moments.some(({ score }) => score < 0);
  return (
    <section aria-labelledby="r-moments">
      <h2 id="r-moments">{isBad ? 'Worst moments' : 'Lowest point'}</h2>
      <ol className="r-moments">
        {moments.map((moment) => (
          <MomentCard key={moment.stage.id} moment={moment} />
        ))}
      </ol>
    </section>
  );
}

function MomentCard({ moment }: { readonly moment: Moment }): JSX.Element {
  const { stage, feeling, score, who, pain, gap } = moment;
  const said = feeling.quote.trim();
  return (
    <li className="r-moment">
      <h3>{stageName(stage.title)}</h3>
      <p className="r-moment__feeling">
        <Face score={score} size={18} />
        {feelingWords(score)}
      </p>
      <figure className="r-quote">
        <blockquote>
          <CardLink card={feeling}>
            {said === '' ? textOr(feeling.text, 'emotion') : `“${said}”`}
          </CardLink>
        </blockquote>
        <figcaption>
          {[who, said === '' ? undefined : feeling.text.trim()].filter(Boolean).join(': ')}
        </figcaption>
      </figure>
      {pain === undefined ? null : (
        <p className="r-moment__fact">
          <b>Pain</b>
          <CardLink card={pain}>{textOr(pain.text, 'pain')}</CardLink>
          <span className="r-note">{severityWords(pain.severity)}</span>
        </p>
      )}
      {gap === undefined ? null : (
        <p className="r-moment__fact">
          <b>Expected</b>
          <CardLink card={gap}>{textOr(gap.text, 'expectation')}</CardLink>
          <b>Actually</b>
          <span>{gap.actual}</span>
          <span className="r-note">{GAP_LABEL[gap.gap ?? 0]}</span>
        </p>
      )}
    </li>
  );
}
