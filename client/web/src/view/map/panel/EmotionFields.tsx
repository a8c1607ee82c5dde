// A feeling: how it is between −2 and +2, whose it is, and what they say.
import { type JSX, useMemo } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { lineOf, lineStyle } from '../../../model/emotion';
import type { Card } from '../../../model/entities';
import {
  SCORE_MAX,
  SCORE_MIN,
  SCORE_STEP,
  scoreLabel,
  scoreText,
  textLabel,
} from '../../../model/kinds';
import { cardText } from '../../../model/text/field';
import { Button } from '../../ui';
import { Face, LineMark } from '../marks';
import { useBoard, usePart, useStore } from '../use';
import { Pick } from './choices';
import { BoundText } from './controls';
import { Reading, useReading } from './reading';

/** In the list of personas: a feeling of nobody in particular. */
const EVERYONE = '-';

export function EmotionFields({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const personas = useStore(board.journey.personas.all);
  const quote = useMemo(() => cardText(board.journey, card.id, 'quote'), [board, card.id]);
  const line = lineOf(card, personas);
  const options = [
    ...personas.map((persona) => ({
      id: persona.id,
      label: persona.name || 'Unnamed',
      mark: <LineMark style={lineStyle(personas, persona.id)} />,
    })),
    { id: EVERYONE, label: 'Everyone' },
  ];
  return (
    <>
      <Score card={card} />
      <Pick
        label="Whose feeling"
        name="persona"
        placeholder="Everyone"
        options={options}
        value={line === '' ? EVERYONE : line}
        onValue={(persona) =>
          board.setFields(card.id, { persona: persona === EVERYONE ? undefined : persona })
        }
      />
      <BoundText
        label={textLabel('emotion', 'quote')}
        name="quote"
        field={quote}
        lines={2}
        placeholder="A quote"
      />
    </>
  );
}

/** The curve follows while the thumb moves; it is written once, where it is let go. */
function Score({ card }: { readonly card: Card }): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  const held = usePart(board.held, (now) => (now?.card === card.id ? now.score : null));
  const score = held ?? card.score;
  const words = score === undefined ? 'No score yet' : `${scoreText(score)} ${scoreLabel(score)}`;
  if (isRead) {
    return (
      <Reading label="Feeling" name="score">
        {score === undefined ? undefined : words}
      </Reading>
    );
  }
  return (
    <div data-field="score">
      <Slider
        className="m-slider"
        minValue={SCORE_MIN}
        maxValue={SCORE_MAX}
        step={SCORE_STEP}
        value={score ?? 0}
        onChange={(next) => board.held.set({ card: card.id, score: next })}
        onChangeEnd={(next) => {
          board.held.set(null);
          if (next !== card.score) board.setFields(card.id, { score: next });
        }}
      >
        <Label className="c-field__label">Feeling</Label>
        <SliderOutput className="m-slider__value">
          {() => (
            <>
              {score === undefined ? null : <Face score={score} />}
              {words}
            </>
          )}
        </SliderOutput>
        <SliderTrack className="m-slider__track">
          <SliderThumb
            className={
              score === undefined ? 'm-slider__thumb m-slider__thumb--unset' : 'm-slider__thumb'
            }
          />
        </SliderTrack>
      </Slider>
      <Button
        size="s"
        variant="ghost"
        className="m-slider__act"
        onPress={() =>
          board.setFields(card.id, { score: card.score === undefined ? 0 : undefined })
        }
      >
        {card.score === undefined ? 'It is neutral: score it 0' : 'Take the score away'}
      </Button>
    </div>
  );
}
