import { expect, test } from 'vitest';
import { blankCard } from '../../model/cards';
import type { Card } from '../../model/entities';
import type { LaneKind } from '../../model/kinds';
import { describeCard } from './describe';

const BARE: Card = { ...blankCard('c', 'l', 's'), text: 'Words' };
const ALONE = { addressedBy: 0, comments: 0 };

const SAID: readonly [LaneKind, Partial<Card>, string][] = [
  [
    'touchpoint',
    { channel: 'web', momentOfTruth: true, owned: false },
    'channel web; moment of truth; beyond our control',
  ],
  ['action', {}, ''],
  ['expectation', { actual: 'Nine days', gap: 3 }, 'actually: Nine days; Wide gap'],
  ['emotion', { score: -1.5, quote: 'Lost' }, '−1.5, Awful; Mira; “Lost”'],
  ['pain', { severity: 4 }, 'severity 4 of 5, Serious'],
  [
    'opportunity',
    {
      impact: 5,
      value: 4,
      effort: 2,
      status: 'planned',
      owner: 'Bo',
      due: '2027-03-01',
      addresses: ['a'],
    },
    'impact 5; value 4; effort 2; Planned; Bo; due 2027-03-01; 1 card addressed',
  ],
  ['support', { actor: 'Office', failPoint: true }, 'Office; fail point'],
  ['metric', { value: 11, unit: 'days', targetText: 'soon' }, '11 days; target soon'],
  ['note', { color: '#b4472f', confidence: 'evidence' }, 'evidence; marked Brick'],
];

test.each(SAID)(
  'ACCESS-4 a card of a lane of %s is said with all its face shows',
  (kind, fields, said) => {
    const around = { ...ALONE, persona: kind === 'emotion' ? 'Mira' : undefined };
    expect(describeCard({ ...BARE, ...fields }, kind, around)).toBe(
      said === '' ? 'Words' : `Words; ${said}`,
    );
  },
);

test('ACCESS-4 what goes without saying is not said, what is missing where it matters is', () => {
  expect(describeCard({ ...BARE, text: ' ' }, 'pain', ALONE)).toBe('Empty card');
  expect(describeCard(BARE, 'expectation', ALONE)).toBe('Words; what happens is not known yet');
  expect(describeCard(BARE, 'emotion', ALONE)).toBe('Words; no score');
  const source = { kind: 'survey', title: 'S' } as const;
  expect(
    describeCard({ ...BARE, confidence: 'evidence', sources: [source] }, 'pain', {
      addressedBy: 2,
      comments: 1,
    }),
  ).toBe('Words; addressed by 2; 1 source; 1 open comment');
});
