// What is worth saying of what a workshop asks of everyone: that a brainstorm or an emotion round begins, and what a round came to. Once, and
// not of what was there before somebody came. Pure: the voice of the page compares what was with what is.
import { outcomeWords } from '../model/crowd-words';
import type { Shared } from '../wire/channel';

/** One sentence or two, or nothing. */
export function askedBetween(before: Shared, after: Shared): string | undefined {
  return brainstormMoment(before, after) ?? roundMoment(before, after);
}

function brainstormMoment(before: Shared, { brainstorm, current }: Shared): string | undefined {
  if (brainstorm === undefined || brainstorm.began === before.brainstorm?.began) return undefined;
  // One that a step has brought is said with the step.
  if (brainstorm.began === current?.began) return undefined;
  const { prompt, signed } = brainstorm.setup;
  const how = signed ? 'Cards will be signed.' : 'Cards will be anonymous.';
  return `A brainstorm begins: ${prompt} ${how}`;
}

function roundMoment(before: Shared, after: Shared): string | undefined {
  for (const round of after.emotionRounds) {
    const was = before.emotionRounds.find(({ id }) => id === round.id);
    if (was?.state === round.state) continue;
    if (round.state === 'open') return `An emotion round is open: ${round.setup.question}`;
    if (was === undefined) continue;
    if (round.state === 'closed') return `The emotion round is closed. ${outcomeWords(round)}`;
    return 'The emotion round was cancelled.';
  }
  return undefined;
}
