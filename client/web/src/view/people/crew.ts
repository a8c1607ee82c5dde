// What people may do, changed by facilitators, and one's own hand. Plain functions of the board, so that a button, a menu and the palette do
// the same; each says in one sentence what it has done.
import type { Person, Role } from '../../wire/types';
import type { Board } from '../map/board';
import { rememberInvites } from '../remembered';
import { toast } from '../ui';
import { ask } from '../workshop/use-workshop';
import { expectRole } from './own-role';

/** What somebody is now, in a sentence. */
const BECAME: Readonly<Record<Role, string>> = {
  facilitator: 'facilitates now',
  participant: 'is a participant now',
  observer: 'is an observer now',
};

export async function setRole(board: Board, person: Person, role: Role): Promise<void> {
  const done = await ask(board, { setRole: { participant: person.id, role } });
  if (done === null || person.id === board.me.participant) return;
  toast({ title: `${person.name} ${BECAME[role]}`, tone: 'good' });
}

/**
 * Makes somebody a facilitator and oneself a participant, in this order: a map keeps one facilitator (ROLE-3), and whatever goes wrong in
 * between leaves two, not none.
 */
export async function handOver(board: Board, person: Person): Promise<void> {
  const made = await ask(board, { setRole: { participant: person.id, role: 'facilitator' } });
  if (made === null) return;
  expectRole('participant', {
    title: `${person.name} facilitates now`,
    detail: 'You are a participant: you can still write, move and comment.',
  });
  const { participant } = board.me;
  const left = await ask(board, { setRole: { participant, role: 'participant' } });
  if (left !== null) return;
  toast({ title: `${person.name} facilitates now, and so do you` });
}

/** Takes somebody out; `links` are those to make anew, so that they cannot come in again. */
export async function removePerson(
  board: Board,
  person: Person,
  links: readonly Role[],
): Promise<void> {
  const removed = await ask(board, { remove: { participant: person.id } });
  if (removed === null) return;
  const replaced: Role[] = [];
  for (const role of links) {
    const done = await ask(board, { rotateInvite: { role } });
    if (done?.invite === undefined) continue;
    rememberInvites(board.connection.mapId, { [role]: done.invite });
    replaced.push(role);
  }
  toast({
    title: `${person.name} was removed`,
    ...(replaced.length === 0 ? {} : { detail: 'The new invite links are under Share.' }),
    tone: 'good',
  });
}

export async function lowerHand(board: Board, person: Person): Promise<void> {
  const done = await ask(board, { lowerHand: { participant: person.id } });
  if (done !== null) board.say(`${person.name}’s hand is lowered`);
}

export async function raiseHand(board: Board, raised: boolean): Promise<void> {
  const done = await ask(board, { raiseHand: { raised } });
  if (done !== null) board.say(raised ? 'Your hand is up' : 'Your hand is down');
}

/** Whether one's own hand is up, as the server has told last. */
export function hasOwnHand(board: Board): boolean {
  return board.connection.workshop.shared.get()?.hands.includes(board.me.participant) ?? false;
}
