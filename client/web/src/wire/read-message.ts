// Reads the server's side of the workshop channel. A message this client does not know is passed
// over, never an error: the server may be newer.
import { isRole } from './api';
import type { Person, Personal, ServerMessage, Shared } from './types';

export function readServerMessage(text: string): ServerMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  if (isRecord(value.shared)) return { shared: readShared(value.shared) };
  if (isRecord(value.personal)) {
    const personal = readPersonal(value.personal);
    return personal && { personal };
  }
  if (typeof value.done === 'string') {
    return {
      done: value.done,
      ...(typeof value.invite === 'string' ? { invite: value.invite } : {}),
    };
  }
  if (typeof value.refused === 'string') {
    return { refused: value.refused, ...readReason(value) };
  }
  if (isRecord(value.rejected)) return { rejected: readReason(value.rejected) };
  return undefined;
}

/** Fields that this client does not know are kept: later views may read them. */
function readShared(value: Record<string, unknown>): Shared {
  const people = Array.isArray(value.people) ? value.people : [];
  return {
    ...value,
    seq: typeof value.seq === 'number' ? value.seq : 0,
    now: typeof value.now === 'number' ? value.now : 0,
    agenda: listOf<Shared['agenda'][number]>(value.agenda),
    hands: listOf<string>(value.hands),
    parked: listOf<Shared['parked'][number]>(value.parked),
    rounds: listOf<Shared['rounds'][number]>(value.rounds),
    emotionRounds: listOf<Shared['emotionRounds'][number]>(value.emotionRounds),
    people: people.flatMap((entry: unknown) => {
      const person = readPerson(entry);
      return person ? [person] : [];
    }),
  };
}

/** What this server says of itself is taken as it is; only a missing list would bring the page down. */
function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

function readPerson(value: unknown): Person | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name, color, role, online } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || !isRole(role)) return undefined;
  return {
    id,
    name,
    color: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : '#6d6558',
    role,
    online: online === true,
  };
}

function readPersonal(value: Record<string, unknown>): Personal | undefined {
  const { participant, role } = value;
  if (typeof participant !== 'string' || !isRole(role)) return undefined;
  return { ...value, participant, role };
}

function readReason(value: Record<string, unknown>): { why: string; rule: string } {
  return {
    why: typeof value.why === 'string' ? asSentence(value.why) : 'The server gave no reason.',
    rule: typeof value.rule === 'string' ? value.rule : '',
  };
}

/** The server writes its reasons without the capital and the stop that a screen gives them. */
function asSentence(why: string): string {
  const begun = why.slice(0, 1).toUpperCase() + why.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
