// One stage of an emotion round: a handle that is moved by mouse, finger or keyboard, and says in words where it is. A stage that is not
// answered is not neutral: its handle is hollow, and only moving or pressing it answers. Upright in the curve of a wide page, lying in the
// rows of a narrow one.
import { type JSX, useId, useRef } from 'react';
import { answerWords } from '../../model/crowd-words';
import { SCORE_MAX, SCORE_MIN, SCORE_STEP } from '../../model/kinds';
import type { StageView } from '../../wire/channel';
import { Face } from '../map/marks';
import { CloseIcon, IconButton } from '../ui';

export function FeelingSlider({
  stage: { title, withdrawn },
  number,
  score,
  isUpright,
  onScore,
  onRest,
}: {
  readonly stage: StageView;
  readonly number: number;
  readonly score: number | undefined;
  readonly isUpright: boolean;
  /** With each move; null takes the answer back. */
  readonly onScore: (score: number | null) => void;
  /** The handle was let go of. */
  readonly onRest: () => void;
}): JSX.Element {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const name = title.trim() || `Stage ${number}`;
  const isAnswered = score !== undefined;
  return (
    <div className={`e-stage ${isAnswered ? '' : 'e-stage--open'}`}>
      <label className="e-stage__title" htmlFor={id}>
        <b aria-hidden="true">{number}</b>
        <span>{name}</span>
      </label>
      {withdrawn ? (
        <p className="e-stage__gone">Deleted: not part of the round any more.</p>
      ) : (
        <>
          <input
            ref={input}
            id={id}
            type="range"
            className="e-slider"
            min={SCORE_MIN}
            max={SCORE_MAX}
            step={SCORE_STEP}
            value={score ?? 0}
            aria-orientation={isUpright ? 'vertical' : 'horizontal'}
            aria-valuetext={answerWords(score)}
            onChange={(event) => onScore(Number(event.target.value))}
            onPointerUp={() => {
              // Pressed where it lies, it did not move: that is an answer, too.
              if (!isAnswered && Number(input.current?.value) === 0) onScore(0);
              onRest();
            }}
            onBlur={onRest}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ' || event.key === '0') onScore(0);
              else if (event.key === 'Delete' || event.key === 'Backspace') onScore(null);
              else return;
              event.preventDefault();
            }}
          />
          <p className="e-stage__value" aria-hidden="true">
            {isAnswered ? <Face score={score} size={18} /> : null}
            {answerWords(score)}
          </p>
          <IconButton
            label={`Take back the answer for ${name}`}
            icon={CloseIcon}
            size="s"
            className={isAnswered ? 'e-stage__clear' : 'e-stage__clear e-stage__clear--none'}
            isDisabled={!isAnswered}
            onPress={() => {
              onScore(null);
              onRest();
              input.current?.focus();
            }}
          />
        </>
      )}
    </div>
  );
}
