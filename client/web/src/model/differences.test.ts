import { describe, expect, it } from 'vitest';
import {
  countWords,
  fieldName,
  restoreWords,
  sectionsOf,
  shiftWords,
  valueWords,
} from './differences';
import { comparison, NONE } from './testing/comparison';

describe('COMPARE: the page of a comparison', () => {
  it('names any field, whatever a map calls it', () => {
    expect(fieldName('everyDays')).toBe('Days between reviews');
    for (const field of ['__proto__', 'constructor', 'toString']) {
      expect(typeof fieldName(field)).toBe('string');
      const change = { field, before: null, after: { [field]: 1 } };
      const [section] = sectionsOf(comparison({ map: [change] }));
      expect(section?.rows[0]?.name).toBe(fieldName(field));
    }
  });

  it('has no section for what does not differ', () => {
    expect(sectionsOf(comparison({}))).toEqual([]);
    expect(countWords([])).toBe('');
  });

  it('shows on each side what only that side says, and what both say', () => {
    const words = [
      { kind: 'same' as const, text: 'Wait for ' },
      { kind: 'removed' as const, text: 'a letter' },
      { kind: 'added' as const, text: 'an email' },
    ];
    const [section] = sectionsOf(
      comparison({ stages: { ...NONE, reworded: [{ id: 's', words }] } }),
    );
    const text = (shown: unknown): string =>
      (shown as readonly { text: string }[]).map((word) => word.text).join('');
    expect(text(section?.rows[0]?.before)).toBe('Wait for a letter');
    expect(text(section?.rows[0]?.after)).toBe('Wait for an email');
  });

  it('says where cards were and are, and what they are without words', () => {
    const [section] = sectionsOf(
      comparison({
        cards: {
          added: [{ id: 'a', text: ' ', place: { stage: 'Search', lane: '' } }],
          removed: [],
          moved: [
            {
              id: 'm',
              text: 'Call',
              from: { stage: 'Search', lane: 'Actions' },
              to: { stage: 'View', lane: 'Actions' },
            },
          ],
          reworded: [],
          changed: [
            {
              id: 'c',
              name: 'Form',
              fields: [{ field: 'momentOfTruth', before: null, after: true }],
            },
          ],
        },
      }),
    );
    expect(section?.rows).toMatchObject([
      { kind: 'added', after: 'A card without words', place: 'Search, unnamed lane' },
      { kind: 'moved', name: 'Call', before: 'Search, Actions', after: 'View, Actions' },
      { kind: 'changed', name: 'Form · Moment of truth', before: 'nothing', after: 'yes' },
    ]);
  });

  it('counts each kind, and says what going back would do', () => {
    const sections = sectionsOf(
      comparison({
        stages: {
          ...NONE,
          added: [
            { id: 'a', name: 'A' },
            { id: 'b', name: 'B' },
          ],
        },
        lanes: { ...NONE, removed: [{ id: 'l', name: 'L' }] },
      }),
    );
    expect(countWords(sections)).toBe('2 added, 1 removed');
    expect(restoreWords(sections)).toEqual([
      '2 things that were added since are taken away',
      '1 thing that was removed since comes back',
    ]);
  });

  it('puts fields and values into words', () => {
    expect(fieldName('momentOfTruth')).toBe('Moment of truth');
    expect(fieldName('someThing')).toBe('Some thing');
    expect(valueWords({ everyDays: 90, lastReviewed: null })).toBe(
      'Days between reviews: 90, Last reviewed: nothing',
    );
    expect(valueWords([{ kind: 'survey', title: 'Survey 2026' }, 'x'])).toBe('Survey 2026, x');
    expect([shiftWords(-1, 0.5), shiftWords(1, 0.25), shiftWords(undefined, 1)]).toEqual([
      '+1.5',
      '−0.75',
      'new',
    ]);
  });
});
