// Everything a person can do in a map, once: the keys, the palette, the shortcut sheet and the hints of menus and buttons all
// read this list, so that none of them can say what another does not do.
import type { Board } from '../board';
import type { Act } from './act';
import { CARDS } from './cards';
import { type Chord, chordsWords, chordWords, matches } from './chords';
import { LEADING } from './leading';
import { LOOKING } from './looking';
import { MOVING } from './moving';
import { PAGE, TYPING } from './page';
import { isSwitchedOff } from './single-keys';
import { STRUCTURE } from './structure';
import { TOGETHER } from './together';
import { VOTING } from './voting';

export { type Act, GROUPS, isBarred, isOffered } from './act';
export { chordsWords } from './chords';

export const ACTS: readonly Act[] = [
  // Before the cards: in a vote + and − place dots.
  ...VOTING,
  ...CARDS,
  ...MOVING,
  ...TYPING,
  ...STRUCTURE,
  ...LOOKING,
  ...TOGETHER,
  ...LEADING,
  ...PAGE,
];

type KeyPress = Parameters<typeof matches>[0];

/** The act whose key this is at that place, with the chord that was pressed. */
export function actFor(
  event: KeyPress,
  at: Act['at'],
  fits: (act: Act) => boolean = () => true,
): readonly [Act, Chord] | undefined {
  if (isSwitchedOff(event)) return undefined;
  for (const act of ACTS) {
    if (act.at !== at || !fits(act)) continue;
    const chord = act.chords.find((one) => matches(event, one));
    if (chord !== undefined) return [act, chord];
  }
  return undefined;
}

/** What a key means in a text that is typed in the grid. */
export function typingAct(event: KeyPress): string | undefined {
  return actFor(event, 'text')?.[0].id;
}

function named(id: string): Act {
  const act = ACTS.find((one) => one.id === id);
  if (act === undefined) throw new Error(`There is no act “${id}”.`);
  return act;
}

/** The first key of an act, for the hint beside it. */
export function keyOf(id: string): string {
  return chordWords(named(id).chords[0] ?? '');
}

/** The key of an act that takes an arrow, in one direction. */
export function arrowKeyOf(id: string, arrow: string): string {
  return chordWords(named(id).chords.find((chord) => chord.endsWith(arrow)) ?? '');
}

export function keysOf(act: Act): string {
  // Second ways of doing the same are known to those who need them.
  const chords = act.chords.filter(
    (chord, at) => at < 4 && !['=', '−', 'Backspace'].includes(chord),
  );
  return act.keys ?? chordsWords(chords);
}

export function run(board: Board, id: string): void {
  named(id).run?.(board, '');
}
