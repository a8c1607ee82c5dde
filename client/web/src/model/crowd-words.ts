// The sentences of an emotion round's result, the same in its dialog, in the report and in Markdown. Pure.
import type { EmotionRoundView, StageFeelings } from '../wire/channel';
import { scoreLabel, scoreText } from './kinds';
import { count, stageName } from './report-words';

export function answerWords(score: number | undefined): string {
  return score === undefined ? 'Not answered' : `${scoreText(score)}, ${scoreLabel(score)}`;
}

/** How far people are apart, by the standard deviation of their answers. */
export function spreadWords({ spread, points }: StageFeelings): string {
  if (points.length < 2) return 'one answer';
  if (spread < 0.5) return 'close together';
  if (spread < 1) return 'some way apart';
  return spread < 1.5 ? 'far apart' : 'opposed';
}

export function spreadText({ spread }: StageFeelings): string {
  return String(Math.round(spread * 10) / 10);
}

export function rangeWords({ points }: StageFeelings): string {
  const [first, last] = [points[0] ?? 0, points.at(-1) ?? 0];
  const answers = count(points.length, 'answer');
  if (points.length === 1) return answers;
  return first === last
    ? `${answers}, all ${scoreText(first)}`
    : `${answers} from ${scoreText(first)} to ${scoreText(last)}`;
}

/** "Median −0.5, Bad; opposed (spread 1.6)" */
export function stageWords(feelings: StageFeelings): string {
  const apart = spreadWords(feelings);
  return feelings.points.length < 2
    ? `${answerWords(feelings.median)}; ${apart}`
    : `Median ${answerWords(feelings.median)}; ${apart} (spread ${spreadText(feelings)})`;
}

/** What came of a round, in one line. */
export function outcomeWords({ result, stages }: EmotionRoundView): string {
  const [widest] = result ?? [];
  if (widest === undefined) return 'Nobody answered.';
  if (widest.points.length < 2) return 'Too few answered to disagree.';
  if (widest.spread === 0) return 'Everybody agrees on every stage.';
  const title = stages.find(({ stage }) => stage === widest.stage)?.title ?? '';
  return `Widest disagreement: ${stageName(title)}, ${rangeWords(widest)}.`;
}

/** Most answers that any stage has. */
export function mostAnswers({ result }: EmotionRoundView): number {
  return Math.max(0, ...(result ?? []).map(({ points }) => points.length));
}

export function answersWords(round: EmotionRoundView): string {
  const most = mostAnswers(round);
  return most === 0 ? 'no answers' : `up to ${count(most, 'answer')} a stage`;
}
