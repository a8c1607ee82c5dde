// How much script a map page loads, compressed: told at each build, and the build fails above the budget. A Vite plugin, used by
// vite.config.ts only.
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What a map page may load before it shows a map, as gzip. Bytes. */
export const BUDGET = 300_000;
/** The module a map page begins with, as the end of its path. */
const MAP_PAGE = '/src/view/MapPage.tsx';

/** What of a chunk counts here, as Rolldown gives it. */
export interface Chunk {
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
  readonly moduleIds: readonly string[];
  /** File names of the chunks that are loaded with it. */
  readonly imports: readonly string[];
}

export interface Weight {
  readonly fileName: string;
  readonly bytes: number;
}

export interface Weights {
  /** What a map page loads: the entry, the page and all they import. */
  readonly page: readonly Weight[];
  /** Loaded when somebody goes there. */
  readonly later: readonly Weight[];
}

export function weigh(chunks: readonly Chunk[]): Weights {
  const beginsPage = ({ moduleIds }: Chunk): boolean =>
    moduleIds.some((id) => id.endsWith(MAP_PAGE));
  const roots = chunks.filter((one) => one.isEntry || beginsPage(one));
  if (!roots.some(beginsPage)) {
    throw new Error(`No chunk has ${MAP_PAGE}: what a map page loads cannot be told.`);
  }
  const page = new Set<Chunk>();
  const add = (chunk: Chunk | undefined): void => {
    if (chunk === undefined || page.has(chunk)) return;
    page.add(chunk);
    for (const name of chunk.imports) add(chunks.find((other) => other.fileName === name));
  };
  roots.forEach(add);
  const weight = ({ fileName, code }: Chunk): Weight => ({
    fileName,
    bytes: gzipSync(code).length,
  });
  return {
    page: [...page].map(weight),
    later: chunks.filter((chunk) => !page.has(chunk)).map(weight),
  };
}

export const total = (weights: readonly Weight[]): number =>
  weights.reduce((sum, { bytes }) => sum + bytes, 0);

export function scriptBudget(): Plugin {
  return {
    name: 'script-budget',
    apply: 'build',
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const { page, later } = weigh(chunks);
      const kB = (bytes: number): string => (bytes / 1000).toFixed(1);
      this.info(
        `a map page loads ${kB(total(page))} of ${kB(BUDGET)} kB of compressed script; on demand: ${
          later.map(({ fileName, bytes }) => `${fileName} ${kB(bytes)}`).join(', ') || 'nothing'
        }`,
      );
      if (total(page) > BUDGET) {
        this.error(
          `A map page would load ${kB(total(page))} kB of compressed script, ${kB(total(page) - BUDGET)} more than it may. Load what it does not begin with on demand (lazy()).`,
        );
      }
    },
  };
}
