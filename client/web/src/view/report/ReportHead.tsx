// The top of the report: what the map is about, what to take away from it, and the whole curve.
import type { JSX, ReactNode } from 'react';
import { MAP_KIND_LABEL } from '../../model/kinds';
import type { Report } from '../../model/report';
import { atAGlance, personaWords, reviewWords } from '../../model/report-words';
import { fullDay, titleOf } from '../words';
import { JourneyCurve } from './JourneyCurve';

export function ReportHead({ report }: { readonly report: Report }): JSX.Element {
  const { persona, otherPersonas, scenario, goal, owner, review } = report;
  return (
    <>
      <header className="r-head">
        <div className="r-head__top">
          <div>
            <p className="r-kicker">{MAP_KIND_LABEL[report.kind]}</p>
            <h1 className="r-title">{titleOf(report.title)}</h1>
            {scenario === '' ? null : <p className="r-scope">{scenario}</p>}
          </div>
          {persona === undefined || persona.quote.trim() === '' ? null : (
            <figure className="r-voice">
              <blockquote>“{persona.quote.trim()}”</blockquote>
              <figcaption>{persona.name}</figcaption>
            </figure>
          )}
        </div>
        <dl className="r-facts">
          <Fact label="Whose journey" missing="No persona yet">
            {persona === undefined ? undefined : (
              <>
                {personaWords(persona)}
                {otherPersonas.length === 0 ? null : (
                  <span className="r-fact__more">
                    and {otherPersonas.map(({ name }) => name || 'Unnamed').join(', ')}
                  </span>
                )}
              </>
            )}
          </Fact>
          <Fact label="Goal" missing="No goal yet">
            {goal || undefined}
          </Fact>
          <Fact label="Owner" missing="No owner yet">
            {owner || undefined}
          </Fact>
          <Fact label="Review" missing="">
            <span className={review.isOverdue ? 'r-overdue' : undefined}>
              {reviewWords(review, fullDay)}
            </span>
          </Fact>
        </dl>
      </header>
      <section className="r-glance" aria-label="At a glance">
        {atAGlance(report, fullDay).map(({ label, text, detail }) => (
          <div key={label}>
            <h2>{label}</h2>
            <p className="r-glance__text">{text}</p>
            <p className="r-glance__detail">{detail}</p>
          </div>
        ))}
      </section>
      <section className="r-curve" aria-labelledby="r-curve">
        <h2 id="r-curve">How it feels</h2>
        {report.lines.length === 0 ? (
          <p className="r-missing">
            No feelings yet. Cards with a score in an emotion lane draw the curve.
          </p>
        ) : null}
        <JourneyCurve
          stages={report.stages}
          lines={report.lines}
          marked={report.moments[0]?.feeling.id}
        />
      </section>
    </>
  );
}

function Fact({
  label,
  missing,
  children,
}: {
  readonly label: string;
  readonly missing: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <div className="r-fact">
      <dt>{label}</dt>
      <dd className={children === undefined ? 'r-missing' : undefined}>{children ?? missing}</dd>
    </div>
  );
}
