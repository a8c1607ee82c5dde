import { expect, test } from 'vitest';
import { setCardFields } from './cards';
import { emotionLines, LINE_STYLES } from './emotion';
import { blueprintLines, nearestScore, scoreText } from './kinds';
import { addPersona } from './structure';
import { alone } from './testing/desk';

test('one line a persona; feelings of nobody come last, in a style of their own', () => {
  const journey = alone();
  const mira = addPersona(journey, 'Mira');
  setCardFields(journey, 'a', { score: 1, persona: mira });
  setCardFields(journey, 'b', { score: -2, persona: mira });
  setCardFields(journey, 'c', { score: 0, persona: 'deleted' });
  const lines = emotionLines(
    journey.laneCards('pains').get(),
    journey.stages.ids.get(),
    journey.personas.all.get(),
  );
  expect(lines.map(({ name, style }) => [name, style])).toEqual([
    ['Mira', 0],
    ['Everyone', LINE_STYLES - 1],
  ]);
  expect(lines[0]?.points.map(({ x, score }) => [x, score])).toEqual([
    [1 / 3, 1],
    [2 / 3, -2],
  ]);
});

test('feelings without a score have no point', () => {
  const journey = alone();
  expect(emotionLines(journey.laneCards('pains').get(), ['first'], [])).toEqual([]);
});

test('scores are halves between −2 and +2', () => {
  expect([0.7, -3, 9, -0.1].map(nearestScore)).toEqual([0.5, -2, 2, 0]);
  expect([1.5, 0, -2].map(scoreText)).toEqual(['+1.5', '0', '−2']);
});

test('the blueprint lines run above what they set apart', () => {
  const lanes = (['evidence', 'action', 'frontstage', 'backstage', 'support'] as const).map(
    (kind) => ({ id: kind, kind }),
  );
  expect([...blueprintLines(lanes)]).toEqual([
    ['frontstage', ['interaction']],
    ['backstage', ['visibility']],
    ['support', ['internal']],
  ]);
  expect(blueprintLines(lanes.slice(2, 3)).size).toBe(0);
});
