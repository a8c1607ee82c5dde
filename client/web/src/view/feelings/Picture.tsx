// The result of an emotion round as a picture over its stages: every answer as a point, a line through the medians, and around it the band of
// the spread. For the eye; the same is said in a table for everyone who does not see it.
import type { CSSProperties, JSX } from 'react';
import { type Crowd, type CrowdPoint, crowdOf } from '../../model/crowd';
import { answerWords, spreadText, spreadWords } from '../../model/crowd-words';
import { scoreText } from '../../model/kinds';
import { stageName } from '../../model/report-words';
import type { EmotionRoundView } from '../../wire/channel';
import { bandPath, curvePath, scoreHeight } from '../map/curve';
import { Face } from '../map/marks';
import './picture.css';

const SCALE = [2, 1, 0, -1, -2] as const;

export function Picture({ round }: { readonly round: EmotionRoundView }): JSX.Element {
  const crowd = crowdOf(round);
  const width = Math.max(1, round.stages.length);
  const style = { '--stages': width } as CSSProperties;
  return (
    <figure className="e-picture" style={style}>
      <section
        className="e-picture__scroll"
        aria-label="Picture of the result"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
      >
        <div className="e-picture__sheet" aria-hidden="true">
          <div className="e-picture__scale">
            {SCALE.map((score) => (
              <span key={score} style={{ top: `${scoreHeight(score) * 100}%` }}>
                <Face score={score} size={16} />
                {scoreText(score)}
              </span>
            ))}
          </div>
          <div className="e-picture__plot">
            <CrowdDrawing crowd={crowd} width={width} guides />
            {crowd.stages.map(({ id, x, feelings }) =>
              feelings === undefined ? null : (
                <b
                  key={id}
                  className="e-picture__median"
                  style={{
                    left: `${(x / width) * 100}%`,
                    top: `${scoreHeight(feelings.median) * 100}%`,
                  }}
                />
              ),
            )}
            {crowd.stages.flatMap(({ id, points }) =>
              points.map(({ x, score }, at) => (
                <i
                  // biome-ignore lint/suspicious/noArrayIndexKey: a point is nobody's, and its place is all it has.
                  key={`${id} ${at}`}
                  className="e-picture__point"
                  style={{ left: `${(x / width) * 100}%`, top: `${scoreHeight(score) * 100}%` }}
                />
              )),
            )}
          </div>
          <ol className="e-picture__stages">
            {crowd.stages.map(({ id, title, feelings }, at) => (
              <li key={id}>
                <b>{at + 1}</b>
                <span className="e-picture__title">{stageName(title)}</span>
                <span className="e-picture__said">
                  {feelings === undefined ? 'No answer' : scoreText(feelings.median)}
                </span>
              </li>
            ))}
          </ol>
        </div>
      </section>
      <figcaption className="e-picture__legend" aria-hidden="true">
        <span>
          <i className="e-picture__point e-picture__point--legend" /> one answer
        </span>
        <span>
          <b className="e-picture__median e-picture__median--legend" /> median
        </span>
        <span>
          <i className="e-picture__band-legend" /> spread
        </span>
      </figcaption>
      <PictureTable round={round} />
    </figure>
  );
}

/** The line and its band, in stages across and heights of a band down. */
export function CrowdDrawing({
  crowd,
  width,
  guides = false,
}: {
  readonly crowd: Crowd;
  readonly width: number;
  readonly guides?: boolean;
}): JSX.Element {
  const placed = (points: readonly CrowdPoint[]): { x: number; y: number }[] =>
    points.map(({ x, score }) => ({ x, y: scoreHeight(score) }));
  return (
    <svg
      className="e-crowd"
      viewBox={`0 0 ${width} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {guides
        ? SCALE.map((score) => (
            <line
              key={score}
              className={score === 0 ? 'm-curve__guide m-curve__guide--middle' : 'm-curve__guide'}
              x1={0}
              x2={width}
              y1={scoreHeight(score)}
              y2={scoreHeight(score)}
            />
          ))
        : null}
      {crowd.runs.map(({ middle, upper, lower }) => {
        const [first, second] = middle;
        if (first === undefined) return null;
        // One stage alone has no line to run along: its band is a bar.
        const isAlone = second === undefined;
        const bar = (points: readonly CrowdPoint[]): readonly CrowdPoint[] =>
          isAlone
            ? [-0.12, 0.12].map((by) => ({ x: first.x + by, score: points[0]?.score ?? 0 }))
            : points;
        return (
          <g key={first.x}>
            <path className="e-crowd__band" d={bandPath(placed(bar(upper)), placed(bar(lower)))} />
            {isAlone ? null : <path className="e-crowd__line" d={curvePath(placed(middle))} />}
          </g>
        );
      })}
    </svg>
  );
}

/** Stage by stage in the order of the map, for those who read it. */
export function PictureTable({ round }: { readonly round: EmotionRoundView }): JSX.Element {
  return (
    // A table takes the room of its content whatever it is told, so what holds it is what is hidden.
    <div className="visually-hidden">
      <table>
        <caption>How each stage felt: {round.setup.question}</caption>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Median</th>
            <th scope="col">Spread</th>
            <th scope="col">Answers, from worst to best</th>
          </tr>
        </thead>
        <tbody>
          {crowdOf(round).stages.map(({ id, title, feelings }) => (
            <tr key={id}>
              <th scope="row">{stageName(title)}</th>
              {feelings === undefined ? (
                <td colSpan={3}>No answer</td>
              ) : (
                <>
                  <td>{answerWords(feelings.median)}</td>
                  <td>{`${spreadText(feelings)}, ${spreadWords(feelings)}`}</td>
                  <td>{feelings.points.map(scoreText).join('; ')}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
