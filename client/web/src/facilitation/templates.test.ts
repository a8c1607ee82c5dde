// Templates are made from the map that is open, ask about nothing it lacks, and hold what the server takes (AGENDA-2).
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LANE_KINDS, type LaneKind } from '../model/kinds';
import * as limits from './limits';
import { type MapParts, type Proposal, proposals } from './templates';

const PROTOCOL = new URL('../../../../protocol/', import.meta.url);

test('AGENDA-2 the limits are the server’s', () => {
  const rust = readFileSync(new URL('src/limits.rs', PROTOCOL), 'utf8');
  const limit = (name: string): number =>
    Number(new RegExp(`pub const ${name}: \\w+ = ([\\d_]+);`).exec(rust)?.[1]?.replace(/_/g, ''));
  expect({ ...limits, clipped: undefined }).toEqual({
    STEPS: limit('STEPS'),
    STEP_TITLE_CHARS: limit('STEP_TITLE_CHARS'),
    STEP_INSTRUCTIONS_CHARS: limit('STEP_INSTRUCTIONS_CHARS'),
    STEP_MINUTES: limit('STEP_MINUTES'),
    FOCUS_ENTRIES: limit('FOCUS_ENTRIES'),
    EXTEND_SECONDS: limit('EXTEND_SECONDS'),
    clipped: undefined,
  });
});

test('what is too long is cut by code points, never within one', () => {
  expect(limits.clipped('🙂🙂🙂', 3)).toBe('🙂🙂🙂');
  expect(limits.clipped('🙂🙂🙂🙂', 3)).toBe('🙂🙂…');
});

function map(stages: number, kinds: readonly LaneKind[], hidden: readonly LaneKind[] = []) {
  return {
    stages: Array.from({ length: stages }, (_, at) => ({ id: `s${at}`, title: `Stage ${at}` })),
    lanes: kinds.map((kind) => ({ id: kind, kind, hidden: hidden.includes(kind) })),
  };
}

function proposal(parts: MapParts, id: string): Proposal {
  const found = proposals(parts).find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no template “${id}”.`);
  return found;
}

const titles = ({ steps }: Proposal): readonly string[] => steps.map(({ title }) => title);
const minutes = ({ steps }: Proposal): number =>
  steps.reduce((sum, step) => sum + (step.minutes ?? 0), 0);

/** Of every map that ships with Cairn, and of the largest there can be. */
const MAPS: readonly (readonly [string, MapParts])[] = [
  ...readdirSync(new URL('samples/', PROTOCOL))
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const text = readFileSync(new URL(`samples/${name}`, PROTOCOL), 'utf8');
      return [name, JSON.parse(text) as MapParts] as const;
    }),
  [
    'the largest map',
    {
      stages: Array.from({ length: 200 }, (_, at) => ({ id: `s${at}`, title: '🙂'.repeat(300) })),
      lanes: Array.from({ length: 200 }, (_, at) => ({
        id: `l${at}`,
        kind: LANE_KINDS[at % LANE_KINDS.length] ?? 'note',
        hidden: false,
      })),
    },
  ],
  ['one stage without a name, no lane', { stages: [{ id: 's', title: ' ' }], lanes: [] }],
];

describe.each(MAPS)('of %s', (_, parts) => {
  test('AGENDA-2 every step is one the server takes, about what the map has', () => {
    const stages = parts.stages.map(({ id }) => id);
    const shown = parts.lanes.filter(({ hidden }) => hidden !== true).map(({ id }) => id);
    for (const { id, steps, missing } of proposals(parts)) {
      expect(steps.length > 0, `${id} has steps, or says why not`).toBe(missing === undefined);
      expect(steps.length).toBeLessThanOrEqual(limits.STEPS);
      for (const step of steps) {
        const where = `${id}: ${step.title}`;
        expect(step.title.trim(), where).not.toBe('');
        expect([...step.title].length, where).toBeLessThanOrEqual(limits.STEP_TITLE_CHARS);
        expect([...step.instructions].length, where).toBeLessThanOrEqual(
          limits.STEP_INSTRUCTIONS_CHARS,
        );
        expect(step.instructions.trim(), where).not.toBe('');
        expect(Number.isInteger(step.minutes), where).toBe(true);
        expect(step.minutes, where).toBeGreaterThanOrEqual(1);
        expect(step.minutes, where).toBeLessThanOrEqual(limits.STEP_MINUTES);
        for (const [ids, known] of [
          [step.focus.stages, stages],
          [step.focus.lanes, shown],
        ] as const) {
          if (ids === undefined) continue;
          expect(ids.length, where).toBeGreaterThan(0);
          expect(ids.length, where).toBeLessThanOrEqual(limits.FOCUS_ENTRIES);
          expect(known, where).toEqual(expect.arrayContaining(ids));
        }
        // Held still is only what is outside something.
        if (step.lock) expect(step.focus.stages ?? step.focus.lanes, where).toBeDefined();
      }
    }
  });
});

const CUSTOMER = ['touchpoint', 'action', 'expectation', 'emotion', 'pain', 'opportunity'] as const;
const WHOLE = map(7, CUSTOMER);

test('each takes between one hour and two on a map with its template’s stages', () => {
  for (const one of proposals(WHOLE)) {
    if (one.missing !== undefined) continue;
    expect(minutes(one), one.name).toBeGreaterThanOrEqual(60);
    expect(minutes(one), one.name).toBeLessThanOrEqual(120);
  }
});

test('layer by layer goes through the lanes there are, in the order of layers', () => {
  expect(titles(proposal(WHOLE, 'layers'))).toEqual([
    'Whose journey, and what for',
    'The stages, in their words',
    'What they do',
    'Where they meet us',
    'What they expect, and what happens',
    'Break',
    'How it feels',
    'Where it hurts, alone',
    'Where it hurts, together',
    'What could be better, alone',
    'What could be better, together',
    'Vote: what first',
    'What happens next',
  ]);
});

test('a lane the map lacks, or hides, is asked about nowhere, and that is said', () => {
  const less = proposal(map(5, CUSTOMER, ['pain', 'opportunity']), 'layers');
  expect(titles(less)).not.toContain('Vote: what first');
  expect(titles(less).join()).not.toMatch(/hurts|better/);
  expect(less.leftOut).toEqual(['pain', 'opportunity']);
  expect(proposal(WHOLE, 'layers').leftOut).toEqual([]);
});

test('who writes alone reads together next', () => {
  for (const parts of [WHOLE, map(5, LANE_KINDS)]) {
    for (const { id, steps } of proposals(parts)) {
      for (const [at, { mode, title }] of steps.entries()) {
        if (mode !== 'brainstorm') continue;
        expect(steps[at + 1]?.mode, `${id}: after “${title}”`).toBe('open');
      }
    }
  }
});

test('stage by stage has a step for each stage, and groups neighbours where there are many', () => {
  const focus = (parts: MapParts): readonly (readonly string[])[] =>
    proposal(parts, 'stages').steps.flatMap(({ focus: { stages } }) => (stages ? [stages] : []));
  expect(focus(map(5, CUSTOMER))).toEqual([['s0'], ['s1'], ['s2'], ['s3'], ['s4']]);
  const many = focus(map(19, CUSTOMER));
  expect(many.flat()).toEqual(map(19, []).stages.map(({ id }) => id));
  expect(many.length).toBeLessThanOrEqual(8);
  expect(titles(proposal(map(10, CUSTOMER), 'stages'))).toContain('Stage 0 and Stage 1');
});

test('a column is asked for what has a lane', () => {
  const { steps } = proposal(map(4, ['action', 'emotion']), 'stages');
  expect(steps[1]?.instructions).toMatch(
    /^Fill this column from top to bottom: what they do and how it feels\./,
  );
});

test('a blueprint is worked on from the customer inwards, and needs a row behind the customer', () => {
  expect(proposal(WHOLE, 'blueprint').missing).toMatch(/frontstage, backstage or support/);
  const found = proposal(
    map(5, ['evidence', 'action', 'frontstage', 'backstage', 'support']),
    'blueprint',
  );
  expect(titles(found)).toEqual([
    'Which service, and for whom',
    'What the customer does',
    'What they see and hold',
    'In sight of the customer',
    'Behind the line of visibility',
    'What has to work behind',
    'Break',
    'Where it breaks',
    'What happens next',
  ]);
  expect(found.steps[7]?.focus).toEqual({ lanes: ['frontstage', 'backstage', 'support'] });
  expect(found.leftOut).toEqual(['opportunity']);
});

test('a review looks at what was decided before it makes anything new', () => {
  expect(titles(proposal(WHOLE, 'review'))).toEqual([
    'What became of it',
    'What is new for them, alone',
    'Bring the map up to date',
    'What we know by now',
    'How it feels',
    'Which pains are left',
    'Vote: what first',
    'What happens next',
  ]);
});

test('without a stage there is no agenda to make', () => {
  for (const one of proposals(map(0, CUSTOMER))) expect(one.missing).toMatch(/no stage yet/);
});
