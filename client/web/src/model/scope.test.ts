import { expect, test } from 'vitest';
import { daysBetween, isDay, reviewDue, today } from './review';
import { markReviewed, setCurrentState, setReview } from './scope';
import { alone, SMALL_MAP } from './testing/desk';

test('MAP-4 MAP-37: a review keeps the fields this client does not know, and one undo takes it back', () => {
  const journey = alone({ ...SMALL_MAP, review: { everyDays: 90, board: 'UX' } });
  markReviewed(journey, '2026-12-01', 'Ada');
  const stored = (): unknown => journey.root('meta').toJSON().review;
  expect(stored()).toEqual({ everyDays: 90, board: 'UX', lastReviewed: '2026-12-01', by: 'Ada' });
  expect(journey.meta.get().review).toEqual({
    everyDays: 90,
    lastReviewed: '2026-12-01',
    by: 'Ada',
  });
  journey.steps.undo();
  expect(stored()).toEqual({ everyDays: 90, board: 'UX' });
  setReview(journey, { everyDays: undefined });
  expect(stored()).toEqual({ board: 'UX' });
});

test('a review without a field left is no review', () => {
  const journey = alone();
  setReview(journey, { everyDays: 30 });
  setReview(journey, { everyDays: undefined });
  expect(journey.root('meta').has('review')).toBe(false);
});

test('MAP-14: a review is due in calendar days, over the end of a month and of a leap year', () => {
  expect(reviewDue({ everyDays: 30, lastReviewed: '2028-01-31' })).toBe('2028-03-01');
  expect(reviewDue({ everyDays: 365, lastReviewed: '2027-03-28' })).toBe('2028-03-27');
  expect(reviewDue({ everyDays: 30 })).toBeUndefined();
  expect(reviewDue({ lastReviewed: '2028-01-31' })).toBeUndefined();
  expect(['2028-02-29', '2027-02-29', '2027-2-3', 'soon'].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(daysBetween('2026-12-31', '2027-01-02')).toBe(2);
  expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});

test('what a map improves on is named, and taken away', () => {
  const journey = alone();
  setCurrentState(journey, 'renting-a-flat');
  expect(journey.meta.get().currentState).toBe('renting-a-flat');
  setCurrentState(journey, undefined);
  expect(journey.root('meta').has('currentState')).toBe(false);
});
