// What a facilitator's call does to this person's view (SPOT-1): it goes there once for each call, unless they have their hands full or
// have stepped out; then they are asked, or left where they are. Pure.
import type { SpotlightView } from '../wire/channel';

/**
 * `leads`: the call is one's own. `with`: one goes along. `asked`: the call came while one had one's hands full, and one has not said yet.
 * `out`: one stays where one is until everyone is let go, or one comes back.
 */
export type Stance = 'leads' | 'with' | 'asked' | 'out';

export interface Standing {
  /** The call this is the answer to. */
  readonly call: number;
  readonly stance: Stance;
}

/** How somebody stands to the call that is told now, and whether their view goes there. */
export function answer(
  light: SpotlightView,
  was: Standing | null,
  self: { readonly id: string; readonly isBusy: boolean },
): { readonly standing: Standing; readonly goes: boolean } {
  const stand = (stance: Stance, goes = false) => ({
    standing: { call: light.call, stance },
    goes,
  });
  if (light.by === self.id) return stand('leads');
  if (was?.call === light.call) return { standing: was, goes: false };
  if (was?.stance === 'out') return stand('out');
  return self.isBusy ? stand('asked') : stand('with', true);
}
