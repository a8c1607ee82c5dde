// The three kinds of slide. Each fills the box it is put into, on a screen and on paper alike.
import type { JSX } from 'react';
import type { Persona } from '../../model/entities';
import { MAP_KIND_LABEL } from '../../model/kinds';
import { rankWords } from '../../model/opportunities';
import type { Report } from '../../model/report';
import { percent } from '../../model/report';
import {
  evidenceWords,
  layerName,
  personaWords,
  planWords,
  stageName,
  textOr,
} from '../../model/report-words';
import { dotWords } from '../../model/rounds';
import type { Slide, StageOnSlide } from '../../model/slides';
import { OPENING } from '../../model/slides';
import { JourneyCurve } from '../report/JourneyCurve';
import { fullDay, titleOf } from '../words';
import { useFit } from './fit';
import { SlideCard } from './SlideCard';

/** What a slide is called, in its label and when it is announced. */
export function slideTitle(slide: Slide, report: Report): string {
  if (slide.stage !== undefined) return stageName(slide.stage.stage.title);
  return slide.key === OPENING ? titleOf(report.title) : 'What to do first';
}

export interface Shown {
  readonly report: Report;
  readonly personas: readonly Persona[];
  /** On paper nothing can scroll, so type may get smaller than on a screen. */
  readonly onPaper?: boolean;
}

export function SlideBody({ slide, ...shown }: Shown & { readonly slide: Slide }): JSX.Element {
  if (slide.stage !== undefined) return <StageSlide at={slide.stage} {...shown} />;
  return slide.key === OPENING ? <OpeningSlide {...shown} /> : <ClosingSlide {...shown} />;
}

function paper(onPaper: boolean | undefined): { readonly 'data-paper'?: '' } {
  return onPaper === true ? { 'data-paper': '' } : {};
}

function OpeningSlide({ report, onPaper }: Shown): JSX.Element {
  const box = useFit<HTMLDivElement>();
  const { persona, scenario, goal } = report;
  return (
    <div ref={box} className="p-body p-opening" {...paper(onPaper)}>
      <header>
        <p className="p-kicker">{MAP_KIND_LABEL[report.kind]}</p>
        <h1 className="p-title">{titleOf(report.title)}</h1>
        {scenario === '' ? null : <p className="p-scope">{scenario}</p>}
      </header>
      <div className="p-opening__facts">
        {persona === undefined ? null : (
          <figure>
            {persona.quote === '' ? null : <blockquote>“{persona.quote}”</blockquote>}
            <figcaption>{personaWords(persona)}</figcaption>
          </figure>
        )}
        {goal === '' ? null : (
          <p>
            <span className="p-card__label">Goal</span>
            {goal}
          </p>
        )}
      </div>
      {report.stages.length === 0 ? (
        <p>This map has no stages yet. They become the slides.</p>
      ) : (
        <JourneyCurve stages={report.stages} lines={report.lines} />
      )}
    </div>
  );
}

function StageSlide({
  at,
  report,
  personas,
  onPaper,
}: Shown & { readonly at: StageOnSlide }): JSX.Element {
  const box = useFit<HTMLDivElement>();
  const { stage, number, layers } = at;
  return (
    <div className="p-stage">
      <header className="p-stage__head">
        <div>
          <p className="p-kicker">
            Stage {number} of {report.stages.length}
          </p>
          <h1 className="p-title">{stageName(stage.title)}</h1>
          {stage.description === '' ? null : <p className="p-scope">{stage.description}</p>}
        </div>
        <JourneyCurve stages={report.stages} lines={report.lines} here={stage.id} />
      </header>
      <div ref={box} className="p-body p-stage__cards" {...paper(onPaper)}>
        {layers.length === 0 ? <p className="p-nothing">No cards in this stage yet.</p> : null}
        <div className="p-columns">
          {layers.map(({ layer, lanes }) => (
            <section
              key={layer}
              className={`p-layer p-layer--${layer.toLowerCase()}`}
              aria-label={layerName(layer)}
            >
              {lanes.map(({ lane, cards }, index) => (
                <div key={lane.id}>
                  <h2 className="p-layer__title">
                    {index > 0 ? null : <span>{layerName(layer)}</span>}
                    {lane.title === '' ? 'Unnamed lane' : lane.title}
                  </h2>
                  <ul>
                    {cards.map((card) => (
                      <SlideCard
                        key={card.id}
                        card={card}
                        kind={lane.kind}
                        vote={report.places.get(card.id)}
                        persona={
                          personas.length < 2
                            ? undefined
                            : personas.find(({ id }) => id === card.persona)?.name
                        }
                      />
                    ))}
                  </ul>
                </div>
              ))}
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}

function ClosingSlide({ report, onPaper }: Shown): JSX.Element {
  const box = useFit<HTMLDivElement>();
  return (
    <div ref={box} className="p-body p-closing" {...paper(onPaper)}>
      <h1 className="p-title">What to do first</h1>
      {report.opportunities.length === 0 ? (
        <p className="p-nothing">No open opportunity on this map. What could be better?</p>
      ) : (
        <ol className="p-ranked">
          {report.opportunities.map(({ opportunity, rank }) => (
            <li key={opportunity.id}>
              <b className="p-ranked__place">{rank === undefined ? '–' : rankWords(rank)}</b>
              <div>
                <p className="p-ranked__what">{textOr(opportunity.card.text, 'opportunity')}</p>
                <p className="p-card__facts">
                  {stageName(opportunity.stage.title)}: {planWords(opportunity.card, fullDay)}
                  {opportunity.vote === undefined
                    ? null
                    : ` · ${dotWords(opportunity.vote.dots)} in the vote`}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
      <p className="p-closing__foot">
        {percent(report.evidence)} % evidence. {evidenceWords(report.evidence)}.
      </p>
    </div>
  );
}
