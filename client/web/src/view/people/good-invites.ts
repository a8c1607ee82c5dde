// The invite links this browser holds and that still let people in: another facilitator may have replaced one, and a dead link on a screen
// before a whole room helps nobody.
import { isInviteGood } from '../../wire/api';
import type { Role } from '../../wire/types';
import { forgetInvite, type KnownInvites, knownInvites } from '../remembered';

/** Asks the server about each, and forgets those that open nothing any more. Without an answer they are taken for good. */
export async function goodInvites(map: string): Promise<KnownInvites> {
  const held = Object.entries(knownInvites(map)) as [Role, string][];
  await Promise.all(
    held.map(async ([role, token]) => {
      const isGood = await isInviteGood(map, token).catch(() => true);
      // In this browser it may have been replaced while the server was asked.
      if (!isGood && knownInvites(map)[role] === token) forgetInvite(map, role);
    }),
  );
  return knownInvites(map);
}
