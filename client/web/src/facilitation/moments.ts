// What is worth saying of a step's time, and when: it began, five minutes are left of a long one, one minute, none; it stands, goes on, has
// more or less. Never each second. Pure: the voice of the page compares what was with what is.
import type { AgendaStep, ClockView } from '../wire/channel';
import type { StepNow } from './step';

/** One look at the step: with the seconds that every screen shows then. */
export interface Look {
  readonly now: StepNow | null;
  readonly seconds: number | null;
}

/** A step must have had more than this for five minutes to be worth a word. Seconds. */
const LONG = 600;
const FIVE_MINUTES = 300;
export const LAST_MINUTE = 60;

/** One or two sentences, or nothing. `before` is undefined at the first look at a map. */
export function momentBetween(before: Look | undefined, after: Look): string | undefined {
  const was = before?.now ?? null;
  const { now, seconds } = after;
  if (now === null) return was === null ? undefined : 'The step is over. No other one has begun.';
  if (was === null || was.step.id !== now.step.id) return beginning(now, seconds);
  const left = seconds === null ? '' : `${spokenTime(seconds)} left.`;
  const [from, to] = [kindOf(was.clock), kindOf(now.clock)];
  if (from !== to) {
    if (to === 'zero') return `Time is up. ${atZeroWords(now.step)}`;
    if (to === 'paused') return `Paused. ${left}`.trim();
    if (from === 'paused') return `The time runs again. ${left}`.trim();
    return `More time: ${left}`;
  }
  const change = changeOf(was.clock, now.clock);
  if (change !== 0) {
    return `${spokenTime(Math.abs(change))} ${change > 0 ? 'more' : 'less'}: ${left}`;
  }
  if (to !== 'runs' || seconds === null) return undefined;
  const earlier = before?.seconds ?? Number.POSITIVE_INFINITY;
  const passes = (mark: number): boolean => earlier > mark && seconds <= mark && seconds > 0;
  const wasLong = (now.step.minutes ?? 0) * 60 > LONG || earlier > LONG;
  if (passes(LAST_MINUTE) || (wasLong && passes(FIVE_MINUTES))) return left;
  return undefined;
}

function beginning({ step, place, of, clock }: StepNow, seconds: number | null): string {
  const time =
    seconds === null
      ? 'No time limit.'
      : 'zero' in clock
        ? 'Time is up.'
        : `${spokenTime(seconds)}${'paused' in clock ? ' left, paused' : ''}.`;
  return `Step ${place} of ${of}: ${step.title}. ${time}`;
}

/** What being at zero means for everybody. */
export function atZeroWords({ atZero }: Pick<AgendaStep, 'atZero'>): string {
  return atZero === 'lock'
    ? 'The map is locked until the facilitator goes on.'
    : 'The facilitator goes on from here.';
}

function kindOf(clock: ClockView): 'runs' | 'paused' | 'zero' {
  return 'runs' in clock ? 'runs' : 'paused' in clock ? 'paused' : 'zero';
}

/** By how many seconds a clock of the same kind was set on, or back. */
function changeOf(was: ClockView, now: ClockView): number {
  const end = (clock: ClockView): number | undefined =>
    'runs' in clock ? clock.runs.until : 'paused' in clock ? clock.paused.left : undefined;
  const [before, after] = [end(was), end(now)];
  return before === undefined || after === undefined ? 0 : Math.round((after - before) / 1000);
}

/** "5 minutes", "1 minute 30 seconds", "40 seconds". */
export function spokenTime(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, one]) => `${number} ${one}${number === 1 ? '' : 's'}`);
  return said.length === 0 ? '0 seconds' : said.join(' ');
}

/** As it stands in the bar: "04:05", "1:04:05" from an hour on. */
export function clockFace(seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${two(minutes)}:${two(seconds % 60)}`;
}
