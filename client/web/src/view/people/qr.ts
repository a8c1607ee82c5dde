// A text as a QR code, drawn as one path of an SVG. `uqr` makes it: MIT, no dependencies, 8 kB, kept by unjs; loaded when a code is shown.
import { encode } from 'uqr';

export interface QrCode {
  /** Modules on a side, the quiet margin that scanners need included. */
  readonly size: number;
  /** Every dark module, a run at a time. */
  readonly path: string;
}

/** Of ISO 18004: less, and phones find no edge. Modules. */
const QUIET = 4;

export function qrCode(text: string): QrCode {
  // M survives a glare on a projected screen, and keeps the modules of a long link large.
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  const path = data.map((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return { size, path: path.flat().join('') };
}

/** Where dark modules begin in a row, and how many follow. */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    const last = runs.at(-1);
    if (!isDark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
