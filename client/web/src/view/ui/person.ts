// How people are told apart: the palette offered at join, initials, and which ink reads on a colour.

export interface PersonColor {
  readonly name: string;
  readonly value: string;
}

/** Ten hues that carry white text at AA and differ in lightness order as little as in use. */
export const PERSON_COLORS: readonly PersonColor[] = [
  { name: 'Spruce', value: '#16745c' },
  { name: 'Lake', value: '#1f6f8b' },
  { name: 'Blueberry', value: '#2c62b5' },
  { name: 'Iris', value: '#5a52c4' },
  { name: 'Heather', value: '#8a45a8' },
  { name: 'Foxglove', value: '#ab3a72' },
  { name: 'Brick', value: '#b4472f' },
  { name: 'Amber', value: '#a3580c' },
  { name: 'Moss', value: '#7d6608' },
  { name: 'Fern', value: '#4f7322' },
];

/** A colour in a word; one that has no name here says its value. */
export function colorName(color: string): string {
  const known = PERSON_COLORS.find(({ value }) => value === color.toLowerCase());
  return known?.name ?? `colour ${color.toLowerCase()}`;
}

/** At most two letters; emoji and scripts without capitals come through whole. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => (word === undefined ? '' : (firstGrapheme(word) ?? '')))
    .join('')
    .toLocaleUpperCase();
}

function firstGrapheme(word: string): string | undefined {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    word,
  )) {
    return segment;
  }
  return undefined;
}

/** The ink, white or near-black, with more contrast on `color` (`#rrggbb`). */
export function readableOn(color: string): '#ffffff' | '#1c1915' {
  return contrast(color, '#ffffff') >= contrast(color, '#1c1915') ? '#ffffff' : '#1c1915';
}

/** WCAG contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
