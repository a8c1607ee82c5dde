// What a report says of the time since the last review.
import { expect, test } from 'vitest';
import type { Comparison } from '../wire/compare';
import { contentOf } from './content';
import { reportMarkdown } from './markdown';
import { type Report, reportOf } from './report';
import { sinceWords } from './since-words';
import { comparison, NONE } from './testing/comparison';
import { alone, type MapJson } from './testing/desk';

const MAP: MapJson = {
  review: { everyDays: 90, lastReviewed: '2026-10-01' },
  stages: [{ id: 's', title: 'S' }],
  lanes: [{ id: 'l', kind: 'note', title: 'L' }],
  cards: [
    { id: 'c0', lane: 'l', stage: 's', text: 'That day', createdAt: '2026-10-01T12:00:00Z' },
    { id: 'c1', lane: 'l', stage: 's', text: 'Later', createdAt: '2026-10-03T12:00:00Z' },
  ],
  comments: [{ id: 'm', card: 'c0', author: 'Jo', at: '2026-10-02T12:00:00Z', text: 'Later' }],
};

const report = (changes?: Comparison, map: MapJson = MAP): Report =>
  reportOf(contentOf(alone(map)), '2026-12-01', [], changes);
const words = (changes?: Comparison, map?: MapJson): string | undefined =>
  sinceWords(report(changes, map).review, String);

const place = { stage: 'S', lane: 'L' };
const CHANGES = comparison({
  map: [
    { field: 'goal', before: 'A', after: 'B' },
    { field: 'everyDays', before: 30, after: 90 },
  ],
  cards: {
    added: [1, 2].map((id) => ({ id: `n${id}`, text: '', place })),
    removed: [{ id: 'r', text: '', place }],
    moved: [{ id: 'm', text: '', from: place, to: place }],
    reworded: [{ id: 'w', words: [] }],
    // One card, whatever has changed of it.
    changed: [
      {
        id: 'f',
        name: '',
        fields: ['impact', 'effort'].map((field) => ({ field, before: 1, after: 2 })),
      },
    ],
  },
  stages: { ...NONE, moved: [{ id: 's', name: 'S' }] },
  pains: [
    { id: 'a', text: '', became: 'new' },
    { id: 'b', text: '', became: 'resolved' },
    { id: 'c', text: '', became: 'resolved' },
  ],
  gaps: [{ id: 'g', text: '', became: 'closed' }],
});

test('what truly changed is counted, by the history', () => {
  expect(words(CHANGES)).toBe(
    'Since the review of 2026-10-01: 2 cards added, 1 removed, 1 moved, 1 reworded, 1 changed; 1 stage moved; goal and days between reviews changed; 1 comment written. Pains: 2 resolved, 1 new. Gaps: 1 closed.',
  );
  expect(reportMarkdown(report(CHANGES))).toContain('goal and days between reviews changed');
});

test('what did not change is said as such, whatever days the cards hold', () => {
  const silent = { ...MAP, comments: [] };
  expect(words(comparison({}), silent)).toBe(
    'Since the review of 2026-10-01: nothing changed on the map.',
  );
  expect(words(comparison({}))).toBe(
    'Since the review of 2026-10-01: nothing changed on the map; 1 comment written.',
  );
});

test('without the history it is counted by days, and said what has none', () => {
  expect(words()).toBe(
    'Since the review of 2026-10-01: 1 card added, 1 comment written. Rewordings, moves and deletions leave no date on the map.',
  );
});

test('without a review there is nothing to say, whatever changed', () => {
  expect(words(CHANGES, { ...MAP, review: null })).toBeUndefined();
});
