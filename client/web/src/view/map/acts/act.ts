// What an act is: one thing a person can do, with its name, its keys, and where it may be done.
import { mapPath } from '../../router';
import type { Board } from '../board';
import type { Spot } from '../spot';
import type { Chord } from './chords';

export const GROUPS = [
  'Move about',
  'Cards',
  'Select',
  'While typing',
  'Stages and lanes',
  'Looking',
  'Together',
  'Voting',
  'Facilitate',
  'Screens',
  'Everywhere',
] as const;
export type Group = (typeof GROUPS)[number];

export interface Act {
  readonly id: string;
  readonly group: Group;
  /** As the shortcut sheet and the palette name it. */
  readonly name: string;
  /** More words by which the palette finds it. */
  readonly also?: string;
  readonly chords: readonly Chord[];
  /** How its keys are written, where there are too many to list. */
  readonly keys?: string;
  /** Where its keys hold: on the grid, in a text that is typed, or anywhere on the page. */
  readonly at: 'grid' | 'text' | 'page';
  /** On which places of the grid; all of them when left out. */
  readonly on?: readonly Spot['kind'][];
  /** It changes the map: nothing for observers. */
  readonly edits?: true;
  /** Its keys hold in text fields, too. */
  readonly inText?: true;
  /** It is for facilitators, beside a screen they share with everyone. */
  readonly leads?: true;
  /** It makes no sense without its key. */
  readonly unlisted?: true;
  /** Whether there is something to do. */
  can?(board: Board): boolean;
  /** Absent where the browser or the text area does it. */
  run?(board: Board, chord: Chord): void;
}

/** Whether this is not for this person, or not on this screen. */
export function isBarred(board: Board, act: Act): boolean {
  if (act.edits === true && board.readOnly) return true;
  return (
    act.leads === true &&
    (board.me.role !== 'facilitator' ||
      location.pathname === mapPath(board.connection.mapId, 'present'))
  );
}

/** Whether this person may do it here and now, keys aside. */
export function isOffered(board: Board, act: Act): boolean {
  if (act.run === undefined || isBarred(board, act)) return false;
  if (act.at === 'grid') {
    if (board.grid === null) return false;
    if (act.on !== undefined && !act.on.includes(board.spot.get().kind)) return false;
  }
  return act.can?.(board) ?? true;
}
