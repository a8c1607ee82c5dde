// Keys as the acts name them ("Mod+Shift+Z"), matched against events and written for people.
// Mod is Ctrl, and ⌘ on a Mac; both are taken everywhere.

export type Chord = string;

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Signs and digits that need Shift on some keyboards and none on others. */
const SIGNS: ReadonlySet<string> = new Set(['?', '/', '+', '=', '-', '−', ...'0123456789']);

function partsOf(chord: Chord): { readonly held: readonly string[]; readonly key: string } {
  // The plus sign is a key, too.
  const held = chord.split('+').filter((part) => part !== '');
  if (chord.endsWith('+')) return { held, key: '+' };
  return { held: held.slice(0, -1), key: held.at(-1) ?? '' };
}

export function matches(event: Pressed, chord: Chord): boolean {
  const { held, key } = partsOf(chord);
  const named = key === 'Space' ? ' ' : key;
  if (event.key !== named && event.key.toLowerCase() !== named.toLowerCase()) return false;
  if ((event.ctrlKey || event.metaKey) !== held.includes('Mod')) return false;
  if (event.altKey !== held.includes('Alt')) return false;
  return SIGNS.has(key) || event.shiftKey === held.includes('Shift');
}

const WORDS: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Escape: 'Esc',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

const MAC_WORDS: Readonly<Record<string, string>> = {
  ...WORDS,
  Mod: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Delete: '⌦',
  Backspace: '⌫',
  Tab: '⇥',
};

/** The order in which a Mac's menus write them. */
const MAC_ORDER = ['Alt', 'Shift', 'Mod'];

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}

/** As it is printed on this person's keyboard: "Ctrl Shift Z", "⇧⌘Z". */
export function chordWords(chord: Chord, mac = isMac()): string {
  const { held, key } = partsOf(chord);
  const words = mac ? MAC_WORDS : WORDS;
  const order = mac ? MAC_ORDER.filter((one) => held.includes(one)) : held;
  return [...order, key].map((part) => words[part] ?? part).join(mac ? '' : ' ');
}

/** Several keys for one act; the four arrows are written as one. */
export function chordsWords(chords: readonly Chord[], mac = isMac()): string {
  const arrows = chords.filter((chord) => chord.includes('Arrow'));
  const [first] = arrows;
  if (first === undefined || arrows.length < 4) {
    return chords.map((chord) => chordWords(chord, mac)).join(', ');
  }
  const held = chordWords(first, mac)
    .replace(/[←↑→↓]$/u, '')
    .trimEnd();
  return `${held}${held === '' || mac ? '' : ' '}← ↑ → ↓`;
}
