import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { EmotionRoundView } from '../wire/channel';
import { contentOf } from './content';
import { escaped, reportMarkdown } from './markdown';
import { reportOf } from './report';
import { alone, type MapJson } from './testing/desk';

function markdown(map: MapJson): string {
  return reportMarkdown(reportOf(contentOf(alone(map)), '2026-12-01'));
}

describe('people’s text stays text', () => {
  test.each([
    ['*bold* _it_ `code`', '\\*bold\\* \\_it\\_ \\`code\\`'],
    ['[link](http://x)', '\\[link\\](http://x)'],
    ['![image](x)', '!\\[image\\](x)'],
    ['<script>', '\\<script\\>'],
    ['a | b', 'a \\| b'],
    ['a \\| b', 'a \\\\\\| b'],
    ['&lt; ~~no~~ $x$', '\\&lt; \\~\\~no\\~\\~ \\$x\\$'],
    ['# not a title', '\\# not a title'],
    ['- not a list', '\\- not a list'],
    ['+ nor this', '\\+ nor this'],
    ['1. nor this', '1\\. nor this'],
    ['2) nor this', '2\\) nor this'],
    ['== nor a rule', '\\== nor a rule'],
    ['  two\n\nlines\t ', 'two lines'],
    ['46 euros - more', '46 euros - more'],
  ])('%j becomes %j', (text, safe) => {
    expect(escaped(text)).toBe(safe);
  });
});

test('a report is one document: headings, quotes and tables with a row a line', () => {
  const path = new URL('../../../../protocol/samples/renting-a-flat.current.json', import.meta.url);
  const text = markdown(JSON.parse(readFileSync(path, 'utf8')) as MapJson);
  const headings = text.split('\n').filter((line) => line.startsWith('#'));
  expect(headings).toEqual([
    '# Renting a flat in a new city',
    '## At a glance',
    '## How it feels',
    '## Worst moments',
    '### 1\\. Waiting for an answer: −2, Awful',
    '### 2\\. Applying: −1, Bad',
    '### 3\\. Signing and moving in: −0.5, Bad',
    '## Opportunities, ranked',
    '## Worst pains',
    '## Widest gaps',
    '## Moments of truth',
    '## Evidence',
    '## Still to be checked',
    '## Since the last review',
  ]);
  expect(text).toContain('| Waiting for an answer | −2, Awful | −1.5, Awful |');
  expect(text).toContain('> “Nine days. I said no to another flat on day six');
  expect(text).toContain(
    '| 1 | Shrink photos in the browser and say at once what is wrong with a file | Applying | Planned, Nadia Okafor, due 2026-12-11 | 4 | 3 | 1 | 7 |',
  );
  expect(text).toContain('53 %: 41 of 78 cards rest on evidence.');
});

test('a table cell holds whatever somebody wrote into a title', () => {
  const text = markdown({
    title: '# Map | one',
    stages: [{ id: 's', title: 'a | b\nc' }],
    lanes: [{ id: 'l', kind: 'opportunity', title: 'L' }],
    cards: [{ id: 'c', lane: 'l', stage: 's', text: 'Do | it', impact: 1, value: 1, effort: 1 }],
  });
  expect(text).toContain('# \\# Map \\| one');
  expect(text).toContain('| 1 | Do \\| it | a \\| b c | Idea, no owner yet | 1 | 1 | 1 | 2 |  |');
});

test('an empty map makes a short document, not an empty heading', () => {
  const text = markdown({});
  expect(text).toContain('# Untitled map');
  expect(text).not.toMatch(/## (Worst|Widest|Opportunities|How)/);
});

test('how the room felt is a table in the order of the map, and where people differ most', () => {
  const round: EmotionRoundView = {
    id: 2,
    setup: { question: 'How *does* it feel?' },
    state: 'closed',
    opened: Date.UTC(2026, 10, 16, 12),
    stages: ['Search', 'Apply', ''].map((title, at) => ({
      stage: `s${at}`,
      title,
      withdrawn: false,
    })),
    result: [
      { stage: 's1', median: -0.25, spread: 1.63, points: [-2, -0.5, 0, 2] },
      { stage: 's0', median: 1, spread: 0, points: [1] },
    ],
  };
  const report = reportOf(contentOf(alone({ stages: [], lanes: [], cards: [] })), '2026-12-01');
  const lines = reportMarkdown(report, round).split('\n');
  const from = lines.indexOf('## How the room felt');
  expect(lines.slice(from + 2, from + 10)).toEqual([
    'How \\*does\\* it feel? (2026-11-16, up to 4 answers a stage, without names)',
    '',
    '| Stage | Median | Spread | Answers |',
    '| --- | --- | --- | --- |',
    '| Search | +1, Good | 0, one answer | 1 answer |',
    '| Apply | −0.25, Neutral | 1.6, opposed | 4 answers from −2 to +2 |',
    '| Unnamed stage | No answer |  |  |',
    '',
  ]);
  expect(lines[from + 10]).toBe('Widest disagreement: Apply, 4 answers from −2 to +2.');
});
