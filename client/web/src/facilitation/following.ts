// Where the person is whom somebody follows, read off their presence. Pure.
import type { Peer, PresenceFocus } from '../sync/presence';

/** Their connection that moved last, among all their tabs, and what each of them has told. */
export interface Trail {
  /** Where they are; nothing while they are not on the map. */
  readonly at: PresenceFocus | undefined;
  /** No connection of theirs is here. */
  readonly isGone: boolean;
  readonly told: ReadonlyMap<number, string>;
}

export const NO_TRAIL: Trail = { at: undefined, isGone: false, told: new Map() };

/** Of several tabs it is the one that moved last that counts. */
export function trailOf(peers: readonly Peer[], person: string, was: Trail): Trail {
  const theirs = peers.filter(({ user }) => user.id === person);
  const told = new Map(theirs.map(({ clientId, focus }) => [clientId, placeOf(focus)]));
  const present = theirs.filter(({ focus }) => focus !== undefined);
  const moved = present.filter(({ clientId }) => told.get(clientId) !== was.told.get(clientId));
  const stayed = present.find(({ focus }) => placeOf(focus) === placeOf(was.at));
  return { at: (moved.at(-1) ?? stayed ?? present[0])?.focus, isGone: theirs.length === 0, told };
}

/** Whether they have come to another place; that they type there is none. */
export function hasMoved(trail: Trail, was: Trail): boolean {
  return trail.at !== undefined && placeOf(trail.at) !== placeOf(was.at);
}

function placeOf(focus: PresenceFocus | undefined): string {
  if (focus === undefined) return '';
  const { card, lane, stage } = focus;
  return JSON.stringify([card, lane, stage]);
}
