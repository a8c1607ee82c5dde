// How the time of a history passes while it is played. Pure: whoever plays brings the real time and the records.

export const SPEEDS = [1, 2, 5, 10, 25, 50, 100] as const;
export type Speed = (typeof SPEEDS)[number];

/** Silence as one sits through it, in milliseconds of one's own time: longer is skipped, but for a breath before the next change. */
const SILENCE = 3000;
const BREATH = 700;

export interface Passing {
  readonly speed: Speed;
  readonly skipsSilence: boolean;
}

/** The time of the history after `real` milliseconds of one's own; `next` is when something happens next, undefined for never. */
export function timeAfter(
  time: number,
  real: number,
  next: number | undefined,
  { speed, skipsSilence }: Passing,
): number {
  const passed = time + real * speed;
  if (!skipsSilence || next === undefined || next - time <= SILENCE * speed) return passed;
  return Math.max(passed, next - BREATH * speed);
}

/** The next faster or slower speed. */
export function otherSpeed(speed: Speed, by: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + by] ?? speed;
}
