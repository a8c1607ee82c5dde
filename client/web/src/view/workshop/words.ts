// How a step is put in words on screen.

import { listed } from '../../model/listed';
import type { AgendaStep, Focus } from '../../wire/channel';
import type { Role } from '../../wire/types';

interface Named {
  readonly id: string;
  readonly title: string;
}

/** "Search and Apply", "Pains, in Search"; nothing for a step about the whole map. What was deleted meanwhile is left out. */
export function focusWords(
  focus: Focus,
  stages: readonly Named[],
  lanes: readonly Named[],
): string | undefined {
  const named = (ids: readonly string[], all: readonly Named[], otherwise: string): string => {
    const titles = all.filter(({ id }) => ids.includes(id)).map(({ title }) => title || otherwise);
    return titles.length === 0 ? 'what was deleted meanwhile' : listed(titles);
  };
  const inStages = focus.stages && named(focus.stages, stages, 'the unnamed stage');
  const inLanes = focus.lanes && named(focus.lanes, lanes, 'the unnamed lane');
  if (inLanes === undefined) return inStages;
  return inStages === undefined ? inLanes : `${inLanes}, in ${inStages}`;
}

export function minutesWords({ minutes }: Pick<AgendaStep, 'minutes'>): string {
  return minutes === undefined ? '' : `, ${minutes} min`;
}

/** What will happen when the time is up. */
export function laterWords({ atZero }: Pick<AgendaStep, 'atZero'>): string {
  switch (atZero) {
    case 'wait':
      return 'The facilitator goes on.';
    case 'advance':
      return 'The next step begins by itself.';
    case 'lock':
      return 'The map is locked until the facilitator goes on.';
  }
}

/** What it means for this person that the time is up, in few words: a phone has room for no more. */
export function upWords({ atZero }: Pick<AgendaStep, 'atZero'>, role: Role): string {
  if (atZero !== 'lock') {
    return role === 'facilitator'
      ? 'Go on when everyone is ready.'
      : 'The facilitator goes on from here.';
  }
  return role === 'facilitator'
    ? 'Locked for participants until you go on.'
    : 'Locked until the facilitator goes on.';
}

/** The beginning of the instructions, as much as there is room for. */
export function firstLine(instructions: string): string {
  return (
    instructions
      .trim()
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}
