// The bounds of the step under way on the map of one person: what its focus leaves out, and what its lock holds still for them. The grid
// asks by place, so that a step that begins redraws the cells whose bounds change and no card.
import {
  focusOf,
  isLeftOut,
  type Lock,
  lockOf,
  mayChange,
  type Place,
} from '../../facilitation/lock';
import { derivedStore, type Store } from '../../sync/store';
import type { WorkshopChannel } from '../../sync/workshop';
import type { Focus } from '../../wire/channel';
import type { Role } from '../../wire/types';

export interface Bounds {
  /** Null when nothing is left out. */
  readonly focus: Focus | null;
  /** Null when nothing is held still. */
  readonly lock: Lock | null;
}

export function boundsStore(
  { shared, personal }: WorkshopChannel,
  roleAtOpening: Role,
): Store<Bounds> {
  return derivedStore(
    [shared, personal],
    () => {
      const view = shared.get();
      const role = personal.get()?.role ?? roleAtOpening;
      return { focus: focusOf(view), lock: lockOf(view, role) };
    },
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  );
}

/** For the attribute `data-bounds`: `outside`, `still`, both, or none. */
export function boundsAt({ focus, lock }: Bounds, place: Place): string | undefined {
  const words = [
    ...(isLeftOut(focus, place) ? ['outside'] : []),
    ...(mayChange(lock, place) ? [] : ['still']),
  ];
  return words.length === 0 ? undefined : words.join(' ');
}

export function whyStill(lock: Lock): string {
  return lock.by === 'time'
    ? 'Time is up: the map is locked until the facilitator goes on.'
    : 'Outside this step’s focus: only facilitators change anything here.';
}
