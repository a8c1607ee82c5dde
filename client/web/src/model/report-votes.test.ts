// What a report says of voting.
import { expect, test } from 'vitest';
import type { RoundView } from '../wire/channel';
import { contentOf } from './content';
import { reportMarkdown } from './markdown';
import { reportOf } from './report';
import { otherVotes, runOffWords } from './report-words';
import { placeText } from './rounds';
import { alone, type MapJson } from './testing/desk';
import { closedRound, setup } from './testing/rounds';

const MAP: MapJson = {
  title: 'Voted',
  kind: 'current-state',
  stages: [{ id: 's', title: 'Stage' }],
  lanes: [
    { id: 'ideas', kind: 'opportunity', title: 'Ideas' },
    { id: 'shelf', kind: 'opportunity', title: 'Shelf', hidden: true },
  ],
  cards: [
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({
      id,
      lane: 'ideas',
      stage: 's',
      text: `Idea *${id}*`,
    })),
    { id: 'h', lane: 'shelf', stage: 's', text: 'Put aside' },
  ],
};
const report = (...rounds: readonly RoundView[]) =>
  reportOf(contentOf(alone(MAP)), '2026-12-01', rounds);
const lines = (...rounds: readonly RoundView[]): unknown =>
  report(...rounds).vote?.lines.map((line) => [
    line.place.card,
    placeText(line.place),
    runOffWords(line),
  ]);

test('the vote closed last, its first places, and no tie cut in two', () => {
  const round = closedRound(1, { a: 9, b: 8, c: 7, d: 6, e: 2, f: 2, g: 1 });
  expect(lines(closedRound(0, { g: 5 }), round)).toEqual([
    ['a', '1', undefined],
    ['b', '2', undefined],
    ['c', '3', undefined],
    ['d', '4', undefined],
    ['e', '5=', undefined],
    ['f', '5=', undefined],
  ]);
  expect(report(round).vote?.more).toBe(1);
});

test('VOTE-8 a run-off stands beside its first and settles the order, be it in two steps', () => {
  const first = closedRound(1, { a: 2, b: 2, c: 2, d: 1 });
  const once = closedRound(2, { a: 3, b: 3, c: 0 }, { runOffOf: 1 });
  const twice = closedRound(3, { b: 2, a: 0 }, { runOffOf: 2 });
  expect(lines(first, once, twice)).toEqual([
    ['b', '1', '2 dots, rank 1'],
    ['a', '2', '3 dots, rank 1='],
    ['c', '3', 'no dot'],
    ['d', '4', undefined],
  ]);
});

test('VOTE-12 nothing of a round that is open or was cancelled, and cards show none of an earlier one meanwhile', () => {
  const open: RoundView = {
    ...closedRound(2, { b: 9 }),
    state: 'open',
    setup: { ...setup, visibility: 'live' },
  };
  const cancelled: RoundView = { ...closedRound(3, {}), state: 'cancelled' };
  expect(report(open).vote).toBeUndefined();
  expect(report(cancelled).vote).toBeUndefined();
  const both = report(closedRound(1, { a: 1 }), open);
  expect(both.vote?.round.id).toBe(1);
  expect([...both.places]).toEqual([]);
  expect(reportMarkdown(both)).not.toContain('Idea \\*b\\* | 9');
  expect([...report(closedRound(1, { a: 1 })).places.keys()]).toEqual(['a']);
});

test('cards of hidden lanes are counted and not shown; deleted ones keep the words they had', () => {
  const vote = report(closedRound(1, { h: 5, gone: 3, a: 1 })).vote;
  expect(vote?.lines.map(({ place, card }) => [place.text, card?.id])).toEqual([
    ['GONE', undefined],
    ['A', 'a'],
  ]);
  expect(vote && otherVotes(vote)).toBe('1 in hidden lanes');
});

test('as Markdown: the question, who took part, places, ties and the run-off, with what people wrote escaped', () => {
  const first = closedRound(
    1,
    { a: 2, b: 2, c: 1 },
    { setup: { ...setup, question: 'What *first*?', anonymous: true }, voters: 3 },
  );
  const tie = reportMarkdown(report(first));
  expect(tie).toContain('| 1= | Idea \\*a\\* | 2 | 1 |');
  expect(tie).toContain('Ranks with an equals sign are ties.');
  const text = reportMarkdown(report(first, closedRound(2, { b: 1, a: 0 }, { runOffOf: 1 })));
  const part = text.slice(text.indexOf('## What people voted for'));
  expect(part.split('\n').slice(0, 10).join('\n')).toBe(`## What people voted for

What \\*first\\*? (3 voters with 3 dots each, 1970-01-01, anonymous)

| Rank | Card | Dots | Voters | Run-off |
| --- | --- | --- | --- | --- |
| 1 | Idea \\*b\\* | 2 | 1 | 1 dot, rank 1 |
| 2 | Idea \\*a\\* | 2 | 1 | no dot |
| 3 | Idea \\*c\\* | 1 | 1 |  |
`);
  expect(part).not.toContain('are ties');
});

test('opportunities are listed with their dots', () => {
  const [first] = report(closedRound(1, { a: 2 })).opportunities;
  expect(first?.opportunity.vote?.dots).toBe(2);
});
