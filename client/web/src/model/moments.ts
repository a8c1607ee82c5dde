// Moments of a map: its versions and reviews as one list, what each is called, and the two sides of a comparison as an address says
// them. Pure; called by the versions, the comparison and the report.
import type { ReviewReport, VersionReport } from '../wire/versions';

/** A moment by its record, or as it is now. */
export type Moment = number | 'now';

/** What is compared: a moment of this map with another one, or with a moment of another map. */
export interface Sides {
  readonly from: Moment;
  readonly to: Moment;
  /** Another map. */
  readonly with?: string;
}

/** A moment that one can choose by its name. */
export interface Choosable {
  readonly seq: number;
  readonly at: number;
  readonly label: string;
}

/** "Before lunch", or what a version is that nobody gave a name. */
export function versionLabel({ name, cause }: VersionReport): string {
  if (name !== undefined) return name;
  switch (cause) {
    case 'saved':
      return 'Saved version';
    case 'workshopStart':
      return 'Workshop started';
    case 'workshopEnd':
      return 'Workshop ended';
    case 'beforeRestore':
      return 'Before a restore';
  }
}

/** Why a version is there, where its name does not say so. */
export function causeWords({ name, cause }: VersionReport): string | undefined {
  switch (cause) {
    case 'saved':
      return undefined;
    case 'workshopStart':
      return name === undefined ? undefined : 'Workshop started';
    case 'workshopEnd':
      return name === undefined ? undefined : 'Workshop ended';
    case 'beforeRestore':
      return name === undefined ? undefined : 'Before a restore';
  }
}

/** Versions and reviews, the latest first. */
export function choosable(
  versions: readonly VersionReport[],
  reviews: readonly ReviewReport[],
): readonly Choosable[] {
  const named = versions.map((version) => ({
    seq: version.seq,
    at: version.at,
    label: versionLabel(version),
  }));
  const reviewed = reviews.map(({ seq, at }) => ({ seq, at, label: 'Review' }));
  return [...named, ...reviewed].sort((a, b) => b.at - a.at || b.seq - a.seq);
}

/** From the last review to now. */
export function sinceReview(reviews: readonly ReviewReport[] = []): Sides | undefined {
  const last = reviews.at(-1);
  return last === undefined ? undefined : { from: last.seq, to: 'now' };
}

/** From `?from=12&to=now&with=ID`; what cannot be read is now. Without a `from`, the caller chooses one. */
export function readSides(search: string): { readonly [side in keyof Sides]?: Sides[side] } {
  const asked = new URLSearchParams(search);
  const moment = (name: 'from' | 'to'): Moment | undefined => {
    const text = asked.get(name);
    if (text === null) return undefined;
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 'now';
  };
  const other = asked.get('with');
  const [from, to] = [moment('from'), moment('to')];
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(other !== null && /^[\w-]{1,128}$/.test(other) ? { with: other } : {}),
  };
}

/** For the server and for the address bar: what is left out is now, and this map. */
export function sidesQuery({ from, to, with: other }: Sides): string {
  const asked = new URLSearchParams();
  if (from !== 'now') asked.set('from', String(from));
  if (other !== undefined) asked.set('with', other);
  if (to !== 'now') asked.set('to', String(to));
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}
