import { afterEach, describe, expect, test } from 'vitest';
import { ACTS, actFor, keysOf } from '.';
import { type Chord, chordsWords, chordWords, matches } from './chords';
import { setSingleKeys } from './single-keys';

function press(key: string, held: string[] = []) {
  return {
    key,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
  };
}

describe('a key', () => {
  test.each<[string, string[], Chord]>([
    ['z', ['ctrl'], 'Mod+Z'],
    ['z', ['meta'], 'Mod+Z'],
    ['Z', ['ctrl', 'shift'], 'Mod+Shift+Z'],
    ['n', [], 'N'],
    [' ', [], 'Space'],
    [' ', ['ctrl'], 'Mod+Space'],
    ['?', ['shift'], '?'],
    ['+', [], '+'],
    ['+', ['shift'], '+'],
    ['ArrowUp', ['alt'], 'Alt+ArrowUp'],
  ])('%s with %j is %s', (key, held, chord) => {
    expect(matches(press(key, held), chord)).toBe(true);
  });

  test.each<[string, string[], Chord]>([
    ['z', ['ctrl', 'shift'], 'Mod+Z'],
    ['n', ['ctrl'], 'N'],
    ['n', ['alt'], 'N'],
    ['N', ['shift'], 'N'],
    ['ArrowUp', [], 'Alt+ArrowUp'],
    ['Enter', ['shift'], 'Enter'],
  ])('%s with %j is not %s', (key, held, chord) => {
    expect(matches(press(key, held), chord)).toBe(false);
  });
});

test.each<[Chord, string, string]>([
  ['Mod+Shift+Z', 'Ctrl Shift Z', '⇧⌘Z'],
  ['Alt+ArrowUp', 'Alt ↑', '⌥↑'],
  ['Delete', 'Del', '⌦'],
  ['+', '+', '+'],
  ['Space', 'Space', 'Space'],
])('%s is written %s, on a Mac %s', (chord, here, mac) => {
  expect([chordWords(chord, false), chordWords(chord, true)]).toEqual([here, mac]);
});

test('four arrows are written as one', () => {
  const shift = ['Left', 'Up', 'Right', 'Down'].map((way) => `Shift+Arrow${way}`);
  expect(chordsWords(shift, false)).toBe('Shift ← ↑ → ↓');
  expect(chordsWords(shift, true)).toBe('⇧← ↑ → ↓');
});

test('no two acts answer to one key at one place, but those that ask first whether they can', () => {
  const kinds = ['corner', 'stage', 'lane', 'cell', 'card'] as const;
  const clashes: string[] = [];
  const asksFirst = new Set(ACTS.filter(({ can }) => can !== undefined).map(({ id }) => id));
  for (const at of ['grid', 'text', 'page'] as const) {
    for (const kind of kinds) {
      const owners = new Map<Chord, string>();
      for (const act of ACTS) {
        if (act.at !== at || (act.on !== undefined && !act.on.includes(kind))) continue;
        for (const chord of act.chords) {
          const owner = owners.get(chord);
          if (owner !== undefined && !asksFirst.has(owner)) {
            clashes.push(`${chord} on a ${kind}: ${owner}, ${act.id}`);
          }
          owners.set(chord, act.id);
        }
      }
    }
  }
  expect(clashes).toEqual([]);
});

test('ids are unique, and every key that is shown leads to its act', () => {
  expect(new Set(ACTS.map(({ id }) => id)).size).toBe(ACTS.length);
  for (const act of ACTS) {
    if (act.chords.length === 0) continue;
    expect(keysOf(act), act.id).not.toBe('');
    const [chord = ''] = act.chords;
    const held = ['Mod', 'Alt', 'Shift'].filter(
      (one) => chord.startsWith(`${one}+`) || chord.includes(`+${one}+`),
    );
    const key = chord === '+' ? '+' : (chord.split('+').at(-1) ?? '');
    const event = press(
      key === 'Space' ? ' ' : key,
      held.map((one) => (one === 'Mod' ? 'ctrl' : one.toLowerCase())),
    );
    expect(actFor(event, act.at, (one) => one.id === act.id)?.[0].id).toBe(act.id);
  }
});

describe('keys of one character', () => {
  afterEach(() => setSingleKeys(true));

  test('ACCESS-5 can be switched off, and all others stay', () => {
    const found = (key: string, at: 'grid' | 'page', held: string[] = []): string | undefined =>
      actFor(press(key, held), at)?.[0].id;
    expect([found('n', 'grid'), found('?', 'page', ['shift'])]).toEqual(['card.add', 'sheet']);
    setSingleKeys(false);
    expect(['n', 'x', '+'].map((key) => found(key, 'grid'))).toEqual(Array(3).fill(undefined));
    expect(found('?', 'page', ['shift'])).toBeUndefined();
    expect([found(' ', 'grid'), found('Delete', 'grid'), found('k', 'page', ['ctrl'])]).toEqual([
      'card.details',
      'card.delete',
      'palette',
    ]);
  });
});
