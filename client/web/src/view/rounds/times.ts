// When a vote ended, as this person says times.

/** "16 Nov, 10:42"; with the year where it is another than this one. */
export function dayAndTime(at: number | undefined): string {
  if (at === undefined) return '';
  const then = new Date(at);
  const isThisYear = then.getFullYear() === new Date().getFullYear();
  return then.toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
