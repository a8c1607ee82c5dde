// Where this person goes with others: how they stand to the facilitator's call, and whom they follow. Nothing else moves anybody's view. One
// for each open map; it outlives the board, which is made anew when a role changes. `Company` carries it out.

import type { Stance, Standing } from '../../facilitation/spotlight';
import type { MapConnection } from '../../sync/connection';
import { createStore, type WritableStore } from '../../sync/store';
import type { SpotlightView } from '../../wire/channel';
import type { Person } from '../../wire/types';
import type { Board } from '../map/board';
import type { Spot } from '../map/spot';
import { rememberedStanding, rememberStanding } from '../remembered';
import { toast } from '../ui';
import { ask } from '../workshop/use-workshop';
import { placeAt, placeWords, spotAt } from './place';

export interface Followed {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

export interface Company {
  readonly standing: WritableStore<Standing | null>;
  readonly following: WritableStore<Followed | null>;
}

const companies = new WeakMap<MapConnection, Company>();

export function companyOf({ connection }: Pick<Board, 'connection'>): Company {
  const known = companies.get(connection);
  if (known !== undefined) return known;
  // A reload is no reason to be taken there again, least of all for who stepped out.
  const standing = createStore<Standing | null>(rememberedStanding(connection.mapId));
  standing.subscribe(() => rememberStanding(connection.mapId, standing.get()));
  const made = { standing, following: createStore<Followed | null>(null) };
  companies.set(connection, made);
  return made;
}

/** Brings everyone to a place of the map (SPOT-1). */
export async function bringEveryone(board: Board, spot: Spot | undefined): Promise<void> {
  const place = spot === undefined ? undefined : placeAt(spot);
  if (spot === undefined || place === undefined) {
    toast({
      title: 'There is no place to bring anybody to',
      detail: 'Go to a card, a cell or a header first.',
    });
    return;
  }
  const done = await ask(board, { spotlight: { spot: place } });
  if (done !== null) board.say(`Everyone is brought to ${placeWords(board, spot)}`);
}

export async function letGo(board: Board): Promise<void> {
  const done = await ask(board, { spotlight: {} });
  if (done !== null) board.say('Everyone may go where they like');
}

/** Where everyone is brought to, if anywhere. */
export function calledTo(board: Board): SpotlightView | undefined {
  return board.connection.workshop.shared.get()?.spotlight;
}

/** How this person stands to the call there is. */
export function stanceOf(board: Board): Stance | undefined {
  return calledTo(board) === undefined ? undefined : companyOf(board).standing.get()?.stance;
}

/** Goes along with the call there is, or stays out of it. */
export function takeStance(board: Board, stance: 'with' | 'out'): void {
  const light = calledTo(board);
  if (light === undefined) return;
  companyOf(board).standing.set({ call: light.call, stance });
  if (stance === 'out') {
    board.say('You stay where you are');
    return;
  }
  const spot = spotAt(board.journey, light.spot);
  if (spot !== undefined) board.visit(spot);
}

export function facilitates(board: Board): boolean {
  return board.me.role === 'facilitator';
}

export function follow(board: Board, person: Person | Followed): void {
  const { id, name, color } = person;
  companyOf(board).following.set({ id, name, color });
}
