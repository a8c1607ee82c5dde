// The map on paper: a true table, all of it, as this person looks at it. It is made when the browser is about to print and gone
// afterwards, because the grid on screen draws only what is in sight and scrolls. Stages are repeated on each sheet.
import { type CSSProperties, type JSX, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { emotionLines, lineOf, lineStyle } from '../../../model/emotion';
import type { Card } from '../../../model/entities';
import { AGES, isOn, percentage, showsLine } from '../../../model/filter';
import {
  BLUEPRINT_LINE_LABEL,
  blueprintLines,
  LANE_WORDS,
  type LaneKind,
  MAP_KIND_LABEL,
} from '../../../model/kinds';
import { today } from '../../../model/review';
import { titleOf } from '../../words';
import { CardMarks, OverlayLine } from '../CardView';
import { scoreHeight } from '../curve';
import { CurveDrawing, EmotionLegend, EmotionScale } from '../EmotionBand';
import { CardFace } from '../faces';
import { filterWords } from '../looking/acts';
import { ageWords, dayInWords, overlayWords, seenThrough } from '../looking/glass';
import { KindMark, LineMark } from '../marks';
import { useBoard, useStore } from '../use';
import './print.css';

export function PrintedMap(): JSX.Element | null {
  const [prints, setPrints] = useState(false);
  useEffect(() => {
    // The page is taken as it stands when this returns.
    const before = (): void => flushSync(() => setPrints(true));
    const after = (): void => setPrints(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return prints ? <Sheet /> : null;
}

function Sheet(): JSX.Element {
  const board = useBoard();
  const { journey, looking } = board;
  const stages = useStore(journey.stages.all);
  const ids = useStore(looking.lanes);
  const { kind } = useStore(journey.meta);
  const lanes = ids.map((id) => journey.lanes.get(id)).filter((lane) => lane !== undefined);
  const lines = kind === 'service-blueprint' ? blueprintLines(lanes) : new Map<string, never[]>();
  const style = { '--stages': stages.length } as CSSProperties;
  return (
    <article className="m-print" style={style}>
      <Heading />
      <table className="m-print__map">
        <colgroup>
          <col className="m-print__lanes" />
          {stages.map((stage) => (
            <col key={stage.id} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <td />
            {stages.map((stage, index) => (
              <th key={stage.id} scope="col">
                <span className="m-stage__number">{index + 1}</span>{' '}
                {stage.title || 'Unnamed stage'}
                {stage.description === '' ? null : <p>{stage.description}</p>}
              </th>
            ))}
          </tr>
        </thead>
        {lanes.map((lane) => (
          <tbody key={lane.id} className={`m-lane--${lane.kind}`}>
            {(lines.get(lane.id) ?? []).map((line) => (
              <tr key={line} className={`m-print__line m-print__line--${line}`}>
                <td colSpan={stages.length + 1}>{BLUEPRINT_LINE_LABEL[line]}</td>
              </tr>
            ))}
            {lane.kind === 'emotion' ? (
              <tr className="m-print__curve">
                <LaneHead lane={lane.id} kind={lane.kind} title={lane.title} rows={2} />
                <td colSpan={stages.length}>
                  <Curve lane={lane.id} />
                </td>
              </tr>
            ) : null}
            <tr>
              {lane.kind === 'emotion' ? null : (
                <LaneHead lane={lane.id} kind={lane.kind} title={lane.title} rows={1} />
              )}
              {stages.map((stage) => (
                <td key={stage.id} className={`m-cell--${lane.kind}`}>
                  {journey.cellCards(lane.id, stage.id).map((card) => (
                    <PrintedCard key={card.id} card={card} kind={lane.kind} />
                  ))}
                </td>
              ))}
            </tr>
          </tbody>
        ))}
      </table>
    </article>
  );
}

/** What a reader of the paper alone must know: which map, whose, from when, and what is left out. */
function Heading(): JSX.Element {
  const board = useBoard();
  const meta = useStore(board.journey.meta);
  const personas = useStore(board.journey.personas.all);
  const facts = [
    MAP_KIND_LABEL[meta.kind],
    personas
      .map(({ name, role }) => [name || 'Unnamed', role].filter(Boolean).join(', '))
      .join('; '),
    meta.owner === '' ? '' : `Owner: ${meta.owner}`,
    meta.review.lastReviewed === undefined
      ? 'Never reviewed'
      : `Reviewed ${dayInWords(meta.review.lastReviewed)}`,
    `Printed ${dayInWords(today(new Date()))}`,
  ];
  return (
    <header className="m-print__head">
      <h1>{titleOf(meta.title)}</h1>
      {[meta.scenario, meta.goal].map((text) => (text === '' ? null : <p key={text}>{text}</p>))}
      <p className="m-print__facts">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      <Sign />
    </header>
  );
}

/** A part of a map, or a map in other colours, says so on paper, too. */
function Sign(): JSX.Element | null {
  const board = useBoard();
  const { filter, overlay, glass, shares } = board.looking;
  const { ages } = useStore(glass);
  const { whole } = useStore(shares);
  const shown = useStore(overlay);
  const votes = useStore(board.votes)?.paper ?? null;
  const words = [
    ...(isOn(useStore(filter)) ? [`${filterWords(board)}.`] : []),
    ...(votes === null ? [] : [`Dots are those of the vote ${votes.about}.`]),
  ].join(' ');
  if (words === '' && shown === 'none') return null;
  return (
    <p className="m-print__sign">
      {words}{' '}
      {shown === 'evidence'
        ? `Evidence is solid (${percentage(whole)} % of the map), assumptions are hatched.`
        : null}
      {shown === 'age'
        ? AGES.map((age) => (
            <span key={age}>
              <i className={`m-swatch m-swatch--age-${age}`} /> {ageWords(age, ages)}{' '}
            </span>
          ))
        : null}
    </p>
  );
}

function LaneHead({
  lane,
  kind,
  title,
  rows,
}: {
  readonly lane: string;
  readonly kind: LaneKind;
  readonly title: string;
  readonly rows: number;
}): JSX.Element {
  return (
    <th scope="row" rowSpan={rows} className="m-print__lane">
      <span className="m-lane__mark">
        <KindMark kind={kind} />
      </span>
      {title || LANE_WORDS[kind].name}
      {kind === 'emotion' ? (
        <>
          <EmotionScale />
          <EmotionLegend lane={lane} />
        </>
      ) : null}
    </th>
  );
}

function PrintedCard({
  card,
  kind,
}: {
  readonly card: Card;
  readonly kind: LaneKind;
}): JSX.Element {
  const board = useBoard();
  const { journey, looking } = board;
  const personas = useStore(journey.personas.all);
  const glass = useStore(looking.glass);
  const thread = journey.thread(card.id).get();
  const comments = thread.filter((comment) => !comment.resolved).length;
  const seen = seenThrough({ ...glass, hits: null }, card, kind, thread);
  const overlay = overlayWords(seen, card, thread);
  const votes = useStore(board.votes)?.paper?.of(card.id) ?? '';
  const persona = personas.find(({ id }) => kind === 'emotion' && id === lineOf(card, personas));
  const marks = seen.split(' ').map((mark) => (mark === '' ? '' : `m-seen--${mark}`));
  return (
    <div className={`m-card m-card--${kind} ${marks.join(' ')}`}>
      <CardFace
        card={card}
        kind={kind}
        persona={
          persona && { name: persona.name || 'Unnamed', style: lineStyle(personas, persona.id) }
        }
        addressedBy={journey.addressedBy(card.id).get().length}
        marks={
          card.confidence === 'assumption' && comments === 0 ? null : (
            <CardMarks
              evidence={card.confidence === 'evidence'}
              sources={card.sources.length}
              comments={comments}
            />
          )
        }
        text={<p className="m-card__text">{card.text}</p>}
      />
      <OverlayLine words={votes === '' ? undefined : votes} />
      <OverlayLine words={overlay} />
    </div>
  );
}

function Curve({ lane }: { readonly lane: string }): JSX.Element {
  const { journey, looking } = useBoard();
  const stages = useStore(journey.stages.ids);
  const personas = useStore(journey.personas.all);
  const filter = useStore(looking.filter);
  // A sheet of paper is drawn once.
  const cards = stages.flatMap((stage) => journey.cellCards(lane, stage));
  const lines = emotionLines(cards, stages, personas).filter((line) =>
    showsLine(filter, line.persona),
  );
  const width = Math.max(1, stages.length);
  return (
    <div className="m-print__band">
      <CurveDrawing lines={lines} stages={stages.length} />
      {lines.flatMap((line) =>
        line.points.map((point) => (
          <span
            key={point.card}
            className="m-dot"
            style={{
              left: `${(100 * point.x) / width}%`,
              top: `${100 * scoreHeight(point.score)}%`,
            }}
          >
            <LineMark style={line.style} size={14} />
          </span>
        )),
      )}
    </div>
  );
}
