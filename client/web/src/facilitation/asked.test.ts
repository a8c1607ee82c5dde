import { expect, test } from 'vitest';
import type { EmotionRoundView, Shared } from '../wire/channel';
import { askedBetween } from './asked';
import { EMPTY, underWay } from './testing/views';

const brainstorm = (began: number, signed = false): Shared['brainstorm'] => ({
  began,
  setup: { prompt: 'What hurts?', focus: {}, signed },
});

const round = (state: EmotionRoundView['state'], result?: EmotionRoundView['result']) => ({
  ...EMPTY,
  emotionRounds: [
    {
      id: 1,
      setup: { question: 'How does it feel?' },
      state,
      opened: 0,
      stages: [{ stage: 's1', title: 'Search', withdrawn: false }],
      ...(result === undefined ? {} : { result }),
    },
  ],
});

test('a brainstorm that begins is said with what becomes of names, and only once', () => {
  const begun = { ...EMPTY, brainstorm: brainstorm(5) } as Shared;
  expect(askedBetween(EMPTY, begun)).toBe(
    'A brainstorm begins: What hurts? Cards will be anonymous.',
  );
  expect(askedBetween(begun, { ...begun, seq: 9 })).toBeUndefined();
  expect(askedBetween(begun, { ...EMPTY, brainstorm: brainstorm(8, true) } as Shared)).toContain(
    'signed',
  );
  expect(askedBetween(begun, EMPTY)).toBeUndefined();
});

test('one that a step brings is the step’s to say', () => {
  const step = underWay({ runs: {} }, { mode: 'brainstorm' }, { began: 7 });
  expect(askedBetween(EMPTY, { ...step, brainstorm: brainstorm(7) } as Shared)).toBeUndefined();
});

test('a round is said as it opens, closes and is cancelled', () => {
  const open = round('open');
  expect(askedBetween(EMPTY, open)).toBe('An emotion round is open: How does it feel?');
  expect(askedBetween(open, open)).toBeUndefined();
  expect(askedBetween(open, round('closed', []))).toBe(
    'The emotion round is closed. Nobody answered.',
  );
  expect(askedBetween(open, round('cancelled'))).toBe('The emotion round was cancelled.');
  expect(askedBetween(EMPTY, round('closed', [])), 'an old one').toBeUndefined();
});
