// For tests only: comparisons as the server answers them.
import type { Comparison, EntryChanges } from '../../wire/compare';

export const NONE: EntryChanges = { added: [], removed: [], moved: [], reworded: [], changed: [] };

/** Two sides that differ in these fields alone. */
export function comparison(fields: Partial<Comparison>): Comparison {
  const side = { title: 'T', stages: 1, lanes: 1, cards: 1 };
  return {
    before: side,
    after: side,
    map: [],
    personas: NONE,
    stages: NONE,
    lanes: NONE,
    cards: { added: [], removed: [], moved: [], reworded: [], changed: [] },
    curve: [],
    gaps: [],
    pains: [],
    ...fields,
  };
}
