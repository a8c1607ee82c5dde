import { expect, test } from 'vitest';
import { contentOf } from './content';
import { CLOSING, OPENING, placeOf, slideInQuery, slideQuery, slidesOf, stageKey } from './slides';
import { alone } from './testing/desk';

const map = {
  stages: [
    { id: 'first', title: 'First' },
    { id: 'second', title: 'Second' },
  ],
  lanes: [
    { id: 'act', kind: 'action', title: 'What they do' },
    { id: 'hope', kind: 'expectation', title: 'What they expect' },
    { id: 'pain', kind: 'pain', title: 'Pains' },
    { id: 'more', kind: 'action', title: 'More' },
    { id: 'away', kind: 'note', title: 'Hidden', hidden: true },
  ],
  cards: [
    { id: 'c1', lane: 'more', stage: 'first', text: '1' },
    { id: 'c2', lane: 'pain', stage: 'first', text: '2' },
    { id: 'c3', lane: 'act', stage: 'first', text: '3' },
    { id: 'c4', lane: 'away', stage: 'first', text: '4' },
  ],
};

test('one slide a stage between an opening and a closing, cards by layer', () => {
  const slides = slidesOf(contentOf(alone(map)));
  expect(slides.map(({ key }) => key)).toEqual([
    OPENING,
    stageKey('first'),
    stageKey('second'),
    CLOSING,
  ]);
  const layers = slides[1]?.stage?.layers.map(({ layer, lanes }) => [
    layer,
    lanes.map(({ lane, cards }) => [lane.id, cards.map(({ id }) => id)]),
  ]);
  expect(layers).toEqual([
    [
      'Behaviour',
      [
        ['act', ['c3']],
        ['more', ['c1']],
      ],
    ],
    ['Experience', [['pain', ['c2']]]],
  ]);
  expect(slides[2]?.stage?.layers).toEqual([]);
});

test('a slide whose stage is deleted leaves its place to the next', () => {
  const slides = slidesOf(contentOf(alone(map)));
  expect(placeOf(slides, stageKey('second'), 0)).toBe(2);
  expect(placeOf(slides, stageKey('gone'), 1)).toBe(1);
  expect(placeOf(slides, stageKey('gone'), 9)).toBe(3);
});

test.each([OPENING, CLOSING, stageKey('s-1'), stageKey('closing'), stageKey('a&b=c')])(
  'the address keeps the slide "%s"',
  (key) => {
    expect(slideInQuery(slideQuery(key))).toBe(key);
  },
);
