// What an agenda may hold. The server decides; a form that asks here first offers nothing that would be refused. The same as in
// protocol/src/limits.rs, which its test reads.

export const STEPS = 100;
/** Code points. */
export const STEP_TITLE_CHARS = 120;
export const STEP_INSTRUCTIONS_CHARS = 2000;
export const STEP_MINUTES = 480;
export const FOCUS_ENTRIES = 200;
/** Furthest a clock is set on or back at once. */
export const EXTEND_SECONDS = 3600;

/** At most so many code points of it. */
export function clipped(text: string, most: number): string {
  const points = [...text];
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`;
}
