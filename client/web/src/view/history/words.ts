// How history speaks: of people, moments, times and changes.
import { clockFace } from '../../facilitation/moments';
import type { HistoryReport, Moment, MomentKind } from '../../wire/history';

export interface Somebody {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

/** Somebody without a name has one colour, that of ink. */
const PLAIN = '#6d6558';

const OTHERS: Readonly<Record<string, string>> = {
  host: 'The host',
  anyone: 'Somebody',
  room: 'The room',
};

export function somebody(history: Pick<HistoryReport, 'people'>, who: string): Somebody {
  const person = history.people.find(({ id }) => id === who);
  return person ?? { name: OTHERS[who] ?? 'Nobody in particular', color: PLAIN };
}

interface KindWords {
  readonly name: string;
  /** Of which sort its mark is. */
  readonly mark: 'step' | 'round' | 'reveal' | 'person' | 'map';
}

const KINDS: Readonly<Record<MomentKind, KindWords>> = {
  created: { name: 'Map made', mark: 'map' },
  joined: { name: 'Joined', mark: 'person' },
  removed: { name: 'Taken out', mark: 'person' },
  stepBegan: { name: 'Step', mark: 'step' },
  agendaFinished: { name: 'Agenda finished', mark: 'step' },
  roundOpened: { name: 'Vote opened', mark: 'round' },
  roundClosed: { name: 'Vote closed', mark: 'round' },
  roundCancelled: { name: 'Vote cancelled', mark: 'round' },
  feelingsOpened: { name: 'Emotion round opened', mark: 'round' },
  feelingsClosed: { name: 'Emotion round closed', mark: 'round' },
  feelingsCancelled: { name: 'Emotion round cancelled', mark: 'round' },
  brainstormBegan: { name: 'Brainstorm began', mark: 'reveal' },
  revealed: { name: 'Cards revealed', mark: 'reveal' },
  discarded: { name: 'Brainstorm discarded', mark: 'reveal' },
  versionSaved: { name: 'Version', mark: 'map' },
  restored: { name: 'Went back', mark: 'map' },
  reviewed: { name: 'Reviewed', mark: 'map' },
};

/** A server newer than this page may tell of moments it has no name for. */
export function kindWords(kind: MomentKind): KindWords {
  return (KINDS as Readonly<Record<string, KindWords>>)[kind] ?? { name: 'Moment', mark: 'map' };
}

export function momentWords({ kind, words }: Moment): string {
  const { name } = kindWords(kind);
  return words === '' ? name : `${name}: ${words}`;
}

/** "14:05:32". */
export function timeWords(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

export function dayWords(at: number): string {
  return new Date(at).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

/** "1:02:10" or "4:03". */
export function lengthWords(milliseconds: number): string {
  return clockFace(Math.round(milliseconds / 1000));
}
