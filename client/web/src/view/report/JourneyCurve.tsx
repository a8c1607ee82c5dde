// The emotion curve over all stages, drawn large: for the report and the presentation. The drawing is for the eye; the same is said
// in a table for everyone who does not see it.
import type { CSSProperties, JSX } from 'react';
import type { EmotionLine } from '../../model/emotion';
import { scoreText } from '../../model/kinds';
import { feelingWords, stageName } from '../../model/report-words';
import { scoreHeight } from '../map/curve';
import { CurveDrawing } from '../map/EmotionBand';
import { Face, LineMark } from '../map/marks';
import './curve.css';

const GUIDES = [2, 1, 0, -1, -2] as const;

export function JourneyCurve({
  stages,
  lines,
  here,
  marked,
}: {
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly lines: readonly EmotionLine[];
  /** The stage to set off from the others. */
  readonly here?: string;
  /** The card whose feeling is written beside its point. */
  readonly marked?: string | undefined;
}): JSX.Element {
  const width = Math.max(1, stages.length);
  const style = { '--stages': width } as CSSProperties;
  return (
    <figure className="j-curve" style={style}>
      <ol className="j-curve__stages" aria-hidden="true">
        {stages.map(({ id, title }, index) => (
          <li key={id} className={stageClass('j-curve__stage', id, here)}>
            <b>{index + 1}</b>
            <span>{stageName(title)}</span>
          </li>
        ))}
      </ol>
      <div className="j-curve__band" aria-hidden="true">
        <div className="j-curve__columns">
          {stages.map(({ id }) => (
            <i key={id} className={stageClass('j-curve__column', id, here)} />
          ))}
        </div>
        <div className="j-curve__scale">
          {GUIDES.map((score) => (
            <span key={score} style={{ top: `${scoreHeight(score) * 100}%` }}>
              <Face score={score} size={16} />
              {scoreText(score)}
            </span>
          ))}
        </div>
        <div className="j-curve__plot">
          <CurveDrawing lines={lines} stages={width} className="j-curve__drawing" />
          {lines.flatMap((line) =>
            line.points.map(({ card, x, score }) => (
              <span
                key={card}
                className={card === marked ? markedClass(x / width) : 'j-curve__dot'}
                style={{ left: `${(x / width) * 100}%`, top: `${scoreHeight(score) * 100}%` }}
              >
                <LineMark style={line.style} size={card === marked ? 20 : 14} />
                {card === marked ? <b>{feelingWords(score)}</b> : null}
              </span>
            )),
          )}
        </div>
      </div>
      {lines.length < 2 ? null : (
        <ul className="j-curve__legend" aria-hidden="true">
          {lines.map((line) => (
            <li key={line.persona}>
              <svg viewBox="0 0 28 8" aria-hidden="true" focusable="false">
                <path className={`m-curve__line m-curve__line--${line.style}`} d="M1 4h26" />
              </svg>
              <LineMark style={line.style} />
              {line.name}
            </li>
          ))}
        </ul>
      )}
      <CurveTable stages={stages} lines={lines} />
    </figure>
  );
}

/** The words stand where there is room: to the right, or before the right edge to the left. */
function markedClass(along: number): string {
  return `j-curve__dot j-curve__dot--marked j-curve__dot--${along > 0.7 ? 'left' : 'right'}`;
}

function stageClass(name: string, stage: string, here: string | undefined): string {
  return stage === here ? `${name} ${name}--here` : name;
}

function CurveTable({
  stages,
  lines,
}: {
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly lines: readonly EmotionLine[];
}): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    // A table takes the room of its content whatever it is told, so what holds it is what is hidden.
    <div className="visually-hidden">
      <table>
        <caption>How it feels, stage by stage</caption>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            {lines.map((line) => (
              <th key={line.persona} scope="col">
                {line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stages.map(({ id, title }) => (
            <tr key={id}>
              <th scope="row">{stageName(title)}</th>
              {lines.map((line) => (
                <td key={line.persona}>
                  {line.points
                    .filter(({ stage }) => stage === id)
                    .map(({ score }) => feelingWords(score))
                    .join('; ') || 'No feeling'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
