// Proves that every text pair of the theme is readable: WCAG 2.2 AA, in light and in dark.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, PERSON_COLORS } from '../view/ui/person';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map<string, readonly [light: string, dark: string]>();
for (const [, name, light, dark] of css.matchAll(
  /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
)) {
  if (name && light && dark) tokens.set(name, [light, dark]);
}

function token(name: string, theme: 0 | 1): string {
  const pair = tokens.get(name);
  if (!pair) throw new Error(`tokens.css has no opaque colour --${name}`);
  return pair[theme];
}

const grounds = ['canvas', 'surface', 'raised', 'sunken'];
const layers = [
  'structure',
  'interactions',
  'behaviour',
  'experience',
  'strategy',
  'blueprint',
  'any',
];
const text: [ink: string, ground: string][] = [
  ...['ink', 'ink-2', 'ink-3', 'accent-ink', 'danger', 'warn', 'ok'].flatMap((ink) =>
    grounds.map((ground): [string, string] => [ink, ground]),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent', 'accent-pressed'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['accent-ink', 'accent-soft'],
  ['danger', 'danger-soft'],
  ['warn', 'warn-soft'],
  ['on-found', 'found'],
  ['on-found-now', 'found-now'],
  ...['ink', 'ink-2'].flatMap((ink) =>
    ['hatch', 'warn-soft', 'danger-soft'].map((ground): [string, string] => [ink, ground]),
  ),
  // Cards outside a step's focus.
  ['ink-3', 'warn-soft'],
  ['ink-3', 'danger-soft'],
  ...layers.flatMap((layer): [string, string][] => [
    [`layer-${layer}-ink`, `layer-${layer}-soft`],
    [`layer-${layer}-ink`, 'surface'],
    ['ink', `layer-${layer}-soft`],
    ['ink-2', `layer-${layer}-soft`],
  ]),
];
const marks: [mark: string, ground: string][] = [
  ...['accent', 'focus', 'line-control'].flatMap((mark) =>
    grounds.map((ground): [string, string] => [mark, ground]),
  ),
  ...layers.flatMap((layer): [string, string][] => [
    [`layer-${layer}`, 'surface'],
    [`layer-${layer}`, 'canvas'],
    [`layer-${layer}`, `layer-${layer}-soft`],
  ]),
];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s theme', (_, theme) => {
  test.each(text)('text %s on %s reads at 4.5:1', (ink, ground) => {
    expect(contrast(token(ink, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(marks)('mark %s on %s shows at 3:1', (mark, ground) => {
    expect(contrast(token(mark, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

test.each(PERSON_COLORS)('$name carries white initials', ({ value }) => {
  expect(contrast(value, '#ffffff')).toBeGreaterThanOrEqual(4.5);
});
