// The rounds of dot voting as the server tells of them, each the same object for as long as nothing of it changes: views come whole and with
// every change of a workshop, and most of those are none of a round's. What follows from a round hangs on its identity.
import type { Store } from '../sync/store';
import { derivedStore } from '../sync/store';
import type { RoundView, Shared } from '../wire/channel';

const known = new WeakMap<Store<Shared | null>, Store<readonly RoundView[]>>();

const NONE: readonly RoundView[] = [];

export function roundsOf(shared: Store<Shared | null>): Store<readonly RoundView[]> {
  const found = known.get(shared);
  if (found !== undefined) return found;
  let kept = NONE;
  const store = derivedStore([shared], () => {
    kept = keepSame(kept, shared.get()?.rounds ?? NONE);
    return kept;
  });
  known.set(shared, store);
  return store;
}

/** `now`, with every round of `before` that is still the same in place of its copy. */
export function keepSame(
  before: readonly RoundView[],
  now: readonly RoundView[],
): readonly RoundView[] {
  const old = new Map(before.map((round) => [round.id, round]));
  const rounds = now.map((round) => {
    const was = old.get(round.id);
    return was !== undefined && isSame(was, round) ? was : round;
  });
  const all = rounds.length === before.length && rounds.every((one, at) => one === before[at]);
  return all ? before : rounds;
}

/** Settings and the words of targets are frozen with the opening (VOTE-1), so they need no look. */
function isSame(a: RoundView, b: RoundView): boolean {
  return (
    a.state === b.state &&
    a.opened === b.opened &&
    a.until === b.until &&
    a.ended === b.ended &&
    a.voters === b.voters &&
    a.targets.length === b.targets.length &&
    a.targets.every(({ withdrawn }, at) => withdrawn === b.targets[at]?.withdrawn) &&
    a.result?.length === b.result?.length &&
    (a.result ?? []).every((one, at) => {
      const other = b.result?.[at];
      return other?.card === one.card && other.dots === one.dots && other.voters === one.voters;
    })
  );
}
