import { expect, test } from 'vitest';
import { setCardFields } from './cards';
import { emotionLines, LINE_STYLES, lineStyle } from './emotion';
import {
  blueprintLines,
  channelSuggestions,
  type LaneKind,
  nearestScore,
  scoreText,
} from './kinds';
import { addPersona } from './personas';
import { alone } from './testing/desk';

test('one line a persona; feelings of nobody come last, in a style of their own', () => {
  const journey = alone();
  const mira = addPersona(journey, 'Mira');
  setCardFields(journey, 'a', { score: 1, persona: mira });
  setCardFields(journey, 'b', { score: -2, persona: mira });
  setCardFields(journey, 'c', { score: 0, persona: 'deleted' });
  const lines = emotionLines(
    journey.feelings('pains').get(),
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
  expect(emotionLines(journey.feelings('pains').get(), ['first'], [])).toEqual([]);
});

test('scores are halves between −2 and +2', () => {
  expect([0.7, -3, 9, -0.1].map(nearestScore)).toEqual([0.5, -2, 2, 0]);
  expect([1.5, 0, -2].map(scoreText)).toEqual(['+1.5', '0', '−2']);
});

/** Each line with the lane it runs above, in screen order; lanes are named by their kind and place. */
function lines(...kinds: readonly LaneKind[]): readonly string[] {
  const lanes = kinds.map((kind, index) => ({ id: `${kind}${index}`, kind }));
  const above = blueprintLines(lanes);
  return lanes.flatMap(({ id }) => (above.get(id) ?? []).map((line) => `${line} > ${id}`));
}

test('the blueprint lines run above what they set apart', () => {
  expect(lines('evidence', 'action', 'frontstage', 'backstage', 'support')).toEqual([
    'interaction > frontstage2',
    'visibility > backstage3',
    'internal > support4',
  ]);
  expect(lines('frontstage')).toEqual([]);
});

test('the blueprint lines find their places in any order of lanes', () => {
  // Upside down.
  expect(lines('support', 'backstage', 'frontstage', 'action')).toEqual([
    'internal > backstage1',
    'visibility > frontstage2',
    'interaction > action3',
  ]);
  // What is on no side lies between, or below.
  expect(
    lines('action', 'note', 'frontstage', 'frontstage', 'metric', 'backstage', 'pain'),
  ).toEqual(['interaction > frontstage2', 'visibility > backstage5']);
  // The customer again at the foot of the map: every line stays the one it is.
  expect(lines('action', 'frontstage', 'backstage', 'support', 'action')).toEqual([
    'interaction > frontstage1',
    'visibility > backstage2',
    'internal > support3',
  ]);
  // Where two sides meet counts before where they are first crossed.
  expect(lines('action', 'backstage', 'frontstage', 'support')).toEqual([
    'interaction > backstage1',
    'visibility > frontstage2',
    'internal > support3',
  ]);
  // Without a frontstage there is no line of interaction to draw.
  expect(lines('action', 'backstage', 'support')).toEqual([
    'visibility > backstage1',
    'internal > support2',
  ]);
  expect(lines('frontstage', 'support')).toEqual(['internal > support1']);
  expect(lines('frontstage', 'pain', 'opportunity')).toEqual([]);
});

test('channels: those in use first, the most used before the others, each once', () => {
  const found = channelSuggestions(['Kiosk', 'web', 'Web ', 'kiosk', 'KIOSK', '']);
  expect(found.slice(0, 3)).toEqual(['Kiosk', 'web', 'app']);
  expect(found.filter((name) => name.toLowerCase() === 'web')).toHaveLength(1);
});

test('six personas have six styles, none of them nobody’s', () => {
  const journey = alone();
  const ids = [1, 2, 3, 4, 5, 6].map((number) => addPersona(journey, `P${number}`));
  const personas = journey.personas.all.get();
  const styles = ids.map((id) => lineStyle(personas, id));
  expect(new Set([...styles, lineStyle(personas, '')]).size).toBe(LINE_STYLES);
});
