// How an emotion round and its result are put in words. Pure; called by everything in this folder and by the report.
import type { FeelingSaving } from '../../facilitation/feelings';
import { scoreLabel, scoreText } from '../../model/kinds';
import type { EmotionRoundView, Role, StageFeelings } from '../../wire/channel';
import { count } from '../words';

export const PRIVATE =
  'Private: nobody sees what you place. When the round closes, all answers are shown without names.';

export function placedWords(placed: number, of: number): string {
  if (of === 0) return 'No stage is left';
  if (placed >= of) return 'All stages answered';
  return `${placed} of ${count(of, 'stage', 'stages')} answered, ${of - placed} left`;
}

export function answerWords(score: number | undefined): string {
  return score === undefined ? 'Not answered' : `${scoreText(score)}, ${scoreLabel(score)}`;
}

export function savingWords(saving: FeelingSaving): string {
  switch (saving) {
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving…';
    case 'waiting':
      return 'Waiting for the connection';
  }
}

/** How far people are apart, by the standard deviation of their answers. */
export function spreadWords({ spread, points }: StageFeelings): string {
  if (points.length < 2) return 'one answer';
  if (spread < 0.5) return 'close together';
  if (spread < 1) return 'some way apart';
  if (spread < 1.5) return 'far apart';
  return 'opposed';
}

export function rangeWords({ points }: StageFeelings): string {
  const [first, last] = [points[0] ?? 0, points.at(-1) ?? 0];
  const answers = count(points.length, 'answer', 'answers');
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

export function spreadText({ spread }: StageFeelings): string {
  return String(Math.round(spread * 10) / 10);
}

/** What came of a round, in one line. */
export function outcomeWords({ result, stages }: EmotionRoundView): string {
  const [widest] = result ?? [];
  if (widest === undefined) return 'Nobody answered.';
  if (widest.points.length < 2) return 'Too few answered to disagree.';
  const title = stages.find(({ stage }) => stage === widest.stage)?.title ?? '';
  return widest.spread === 0
    ? 'Everybody agrees on every stage.'
    : `Widest disagreement: ${title.trim() || 'the unnamed stage'}, ${rangeWords(widest)}.`;
}

/** Most answers that any stage has. */
export function mostAnswers({ result }: EmotionRoundView): number {
  return Math.max(0, ...(result ?? []).map(({ points }) => points.length));
}

const ROLES: Record<Role, string> = {
  participant: 'participants',
  facilitator: 'facilitators',
  observer: 'observers',
};

export function rolesWords(roles: readonly Role[] | undefined): string {
  const named = (roles ?? ['participant', 'facilitator']).map((role) => ROLES[role]);
  const last = named.at(-1) ?? '';
  return named.length < 2 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
}

/** "16 Nov, 10:42"; with the year where it is another than this one. */
export function dayAndTime(at: number, now = new Date()): string {
  const then = new Date(at);
  const isThisYear = then.getFullYear() === now.getFullYear();
  return then.toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
