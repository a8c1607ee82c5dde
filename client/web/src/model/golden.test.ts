// The report as Markdown is written twice: by the page, which has the map at hand and needs no connection, and by the server's export. Both
// are held to the same files (server/golden/), which the server's tests write.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EmotionRoundView, RoundView } from '../wire/channel';
import type { Comparison } from '../wire/compare';
import { contentOf } from './content';
import { reportMarkdown } from './markdown';
import { reportOf } from './report';
import { alone, type MapJson } from './testing/desk';

function read(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
}

const held = JSON.parse(read('server/golden/current.rounds.json')) as {
  readonly rounds: readonly RoundView[];
  readonly feelings: readonly EmotionRoundView[];
};

test.each([
  ['renting-a-flat.current', 'current', held],
  ['crm-funnel.flawed', 'flawed', { rounds: [], feelings: [] }],
  ['library-card.blueprint', 'blueprint', { rounds: [], feelings: [] }],
])('the report of %s is the one the server exports', (sample, golden, { rounds, feelings }) => {
  const map = JSON.parse(read(`protocol/samples/${sample}.json`)) as MapJson;
  const report = reportOf(contentOf(alone(map)), '2026-12-01', rounds);
  expect(reportMarkdown(report, feelings.at(-1))).toBe(read(`server/golden/${golden}.report.md`));
});

test('UPKEEP-4 what changed since the review is said in the words of the export', () => {
  const changes = JSON.parse(read('server/golden/future.changes.json')) as Comparison;
  const map = JSON.parse(read('protocol/samples/renting-a-flat.future.json')) as MapJson;
  const report = reportOf(contentOf(alone(map)), '2026-12-01', [], changes);
  expect(reportMarkdown(report)).toBe(read('server/golden/future.report.md'));
});
