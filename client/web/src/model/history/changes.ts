// Who changed what just before a moment, and what somebody changed so far: for the marks on cards. Pure.
import { TOUCH } from '../../wire/tape';
import { atOf, authorOf, type Frame, type Reel, seqOf, touchesIn } from './reel';

export interface Wanted {
  /** Only changes of these people; empty for everybody's. */
  readonly who: ReadonlySet<string>;
  /** Only changes in these lanes; empty for all. */
  readonly lanes: ReadonlySet<string>;
}

export const EVERYTHING: Wanted = { who: new Set(), lanes: new Set() };

/** Whether a record is one of those looked for. */
export function isWanted(frame: Frame, { who, lanes }: Wanted): boolean {
  if (who.size === 0 && lanes.size === 0) return true;
  if (who.size > 0 && !who.has(authorOf(frame))) return false;
  // That somebody came in or was done is no change of the map.
  return touchesIn(frame).some(({ lane }) => lanes.size === 0 || lanes.has(lane));
}

/** Marks are for the eye: more of them at once say nothing. */
const MOST_MARKS = 24;
/** Whose a reveal is (`whoOf`). */
const REVEAL = 'room';
const FARTHEST = 400;

/** Whose last change of each card lies within `span` milliseconds before a record, that record's own always. */
export function lastChanges(
  reel: Reel,
  seq: number,
  span: number,
  wanted: Wanted,
): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  let looked = 0;
  let newest: number | undefined;
  for (const frame of reel.backFrom(seq)) {
    newest ??= atOf(frame);
    looked += 1;
    if (looked > 1 && (newest - atOf(frame) > span || looked > FARTHEST)) break;
    if (!isWanted(frame, wanted)) continue;
    const who = authorOf(frame);
    const cards = cardsIn(frame, wanted);
    // A whole map brought in at once: nobody asks who wrote the one card or the other. What a brainstorm brought is waited for.
    if (cards.size > MOST_MARKS && who !== REVEAL) continue;
    for (const card of cards) {
      if (changed.size >= MOST_MARKS && who !== REVEAL) return changed;
      if (!changed.has(card)) changed.set(card, who);
    }
  }
  return changed;
}

/** The cards of a record that are there to be marked. */
function cardsIn(frame: Frame, { lanes }: Wanted): ReadonlySet<string> {
  const marked = touchesIn(frame).filter(
    ({ what, card, lane }) =>
      card !== '' && (what & TOUCH.removed) === 0 && (lanes.size === 0 || lanes.has(lane)),
  );
  return new Set(marked.map(({ card }) => card));
}

/** The cards that these people changed up to a record, as far as its tapes are here. */
export function cardsOf(reel: Reel, seq: number, who: ReadonlySet<string>): ReadonlySet<string> {
  const cards = new Set<string>();
  for (const frame of reel.backFrom(seq)) {
    if (!who.has(authorOf(frame))) continue;
    for (const { card } of touchesIn(frame)) if (card !== '') cards.add(card);
  }
  return cards;
}

/** The nearest wanted record after `seq`, as far as its tapes are here. */
export function nextWanted(reel: Reel, seq: number, wanted: Wanted): Frame | undefined {
  if (wanted.who.size === 0 && wanted.lanes.size === 0) return reel.after(seq);
  for (const frame of reel.onFrom(seq)) if (isWanted(frame, wanted)) return frame;
  return undefined;
}

/** The nearest wanted record before the one shown at `seq`. */
export function previousWanted(reel: Reel, seq: number, wanted: Wanted): Frame | undefined {
  const shown = reel.upTo(seq);
  if (shown === undefined) return undefined;
  for (const frame of reel.backFrom(seqOf(shown) - 1)) if (isWanted(frame, wanted)) return frame;
  return undefined;
}
