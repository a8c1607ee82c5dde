// Who is in a map, in the order in which others need them: hands up first, in the order of raising, then oneself, then who is here, then
// who has left. Pure; drawn by `Roster`, and by the faces in the bar.
import type { Me, Person, Role, Shared } from '../../wire/types';
import { plain } from '../map/fuzzy';
import { ROLES } from '../words';

export interface RosterRow {
  readonly person: Person;
  readonly isSelf: boolean;
  /** Its place among the raised hands, from 1; 0 when it is down. */
  readonly hand: number;
  /** Done with the step under way. */
  readonly isReady: boolean;
}

/** What of the shared view a roster is made of. */
export type Crowd = Pick<Shared, 'people' | 'hands' | 'current'>;

export function rosterOf(shared: Crowd | null, me: Me): readonly RosterRow[] {
  const hands = new Map((shared?.hands ?? []).map((id, at) => [id, at + 1]));
  const ready = new Set(shared?.current?.ready);
  const others = (shared?.people ?? []).filter(({ id }) => id !== me.participant);
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return [selfOf(shared, me), ...others]
    .map((person) => ({
      person,
      isSelf: person.id === me.participant,
      hand: hands.get(person.id) ?? 0,
      isReady: ready.has(person.id),
    }))
    .sort(
      (a, b) =>
        (a.hand || hands.size + 1) - (b.hand || hands.size + 1) ||
        Number(b.isSelf) - Number(a.isSelf) ||
        Number(b.person.online) - Number(a.person.online) ||
        compare(a.person.name, b.person.name),
    );
}

/** Oneself, also before the server has told who is there. */
function selfOf(shared: Crowd | null, me: Me): Person {
  const known = shared?.people.find(({ id }) => id === me.participant);
  const { participant: id, name, color, role } = me;
  return { ...(known ?? { id, name, color, role }), online: true };
}

export interface Faces {
  /** The first few of those who are here. */
  readonly shown: readonly { readonly person: Person; readonly hasHand: boolean }[];
  /** How many are here. */
  readonly here: number;
  /** How many hands are up. */
  readonly hands: number;
}

/** For the bar: oneself, then hands, then others who are here, without ordering hundreds of them. */
export function facesOf(shared: Crowd | null, me: Me, most: number): Faces {
  const here = (shared?.people ?? []).filter(({ id, online }) => online && id !== me.participant);
  const hands = shared?.hands ?? [];
  const others = here.filter(({ id }) => !hands.includes(id));
  const raised = hands.flatMap((id) => here.find((person) => person.id === id) ?? []);
  const shown = [selfOf(shared, me), ...raised, ...others].slice(0, most);
  return {
    shown: shown.map((person) => ({ person, hasHand: hands.includes(person.id) })),
    here: here.length + 1,
    hands: hands.length,
  };
}

/** The rows whose name or role has all the words of a search. */
export function matching(rows: readonly RosterRow[], query: string): readonly RosterRow[] {
  const words = plain(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter(({ person }) => {
    const text = plain(`${person.name} ${ROLES[person.role]}`);
    return words.every((word) => text.includes(word));
  });
}

/** Whether somebody facilitates beside this person: a map keeps one facilitator (ROLE-3). */
export function othersFacilitate(people: readonly Person[], id: string): boolean {
  return people.some((person) => person.id !== id && person.role === 'facilitator');
}

/** "12 participants", as somebody reads it who counts. */
export function countOf(people: readonly Person[], role: Role): number {
  return people.filter((person) => person.role === role).length;
}
