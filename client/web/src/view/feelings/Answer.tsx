// Where one answers an emotion round: a curve with a handle for each stage, or rows on a narrow page. Everything in it is this person's
// own, and goes to the server as soon as a handle is let go of.
import { type CSSProperties, type JSX, useEffect, useState } from 'react';
import type { OwnFeelings, Scores } from '../../facilitation/feelings';
import { scoreLabel, scoreText } from '../../model/kinds';
import type { EmotionRoundView } from '../../wire/channel';
import { curvePath, type Point } from '../map/curve';
import { Face } from '../map/marks';
import { FeelingSlider } from './FeelingSlider';

const SCALE = [2, 1, 0, -1, -2] as const;

export function Answer({
  round,
  own,
  scores,
  id,
}: {
  readonly round: EmotionRoundView;
  readonly own: OwnFeelings;
  readonly scores: Scores;
  readonly id: string;
}): JSX.Element {
  const isUpright = !useNarrow();
  const style = { '--stages': round.stages.length } as CSSProperties;
  return (
    <div className="e-answer" id={id}>
      <div className="e-answer__scale" aria-hidden="true">
        {SCALE.map((score) => (
          <span key={score}>
            {scoreLabel(score)} <Face score={score} size={16} /> {scoreText(score)}
          </span>
        ))}
      </div>
      <fieldset className="e-answer__stages" style={style}>
        <legend className="visually-hidden">
          {`${round.setup.question} From −2, awful, to +2, delighted.`}
        </legend>
        {isUpright ? <OwnCurve round={round} scores={scores} /> : null}
        {round.stages.map((stage, at) => (
          <FeelingSlider
            key={stage.stage}
            stage={stage}
            number={at + 1}
            score={scores[stage.stage]}
            isUpright={isUpright}
            onScore={(score) => own.place(stage.stage, score)}
            onRest={() => own.settle(stage.stage)}
          />
        ))}
      </fieldset>
    </div>
  );
}

/** The line through what is answered; over a stage that is not, there is none. */
function OwnCurve({
  round,
  scores,
}: {
  readonly round: EmotionRoundView;
  readonly scores: Scores;
}): JSX.Element {
  const runs: Point[][] = [[]];
  for (const [at, { stage }] of round.stages.entries()) {
    const score = scores[stage];
    if (score === undefined) runs.push([]);
    else runs.at(-1)?.push({ x: at + 0.5, y: (2 - score) / 4 });
  }
  return (
    <svg
      className="e-answer__curve"
      viewBox={`0 0 ${round.stages.length} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {SCALE.map((score) => (
        <line
          key={score}
          className={score === 0 ? 'm-curve__guide m-curve__guide--middle' : 'm-curve__guide'}
          x1={0}
          x2={round.stages.length}
          y1={(2 - score) / 4}
          y2={(2 - score) / 4}
        />
      ))}
      {runs
        .filter((run) => run.length > 1)
        .map((run) => (
          <path key={run[0]?.x} className="e-answer__line" d={curvePath(run)} />
        ))}
    </svg>
  );
}

const NARROW = '(max-width: 720px)';

function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const onChange = (): void => setNarrow(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return isNarrow;
}
