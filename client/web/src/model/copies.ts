// Writes copies of cards: pasted, duplicated, or along with a duplicated stage or lane.
// Called by `clipboard.ts`, `structure.ts` and the view. A copy is a card of its own: fresh id, the same fields, no comments.
// What it refers to must hold in this map (MAP-11): links to cards copied with it lead to their copies.
import { cardEntry, inCells } from './cards';
import type { Card } from './entities';
import { newId } from './ids';
import type { Journey } from './journey';
import type { LaneKind } from './kinds';
import { placesAt } from './order';
import { act, applyOrders, setPlain } from './write';

export interface Copy {
  /** What is copied. Its id is only a name by which the others refer to it; it may come from another map. */
  readonly card: Card;
  readonly lane: string;
  readonly stage: string;
  /** In the cell as it is now; the first one given for a cell holds for all that go there. Without it: at the end. */
  readonly index?: number;
}

/** Writes copies as one step; those that go to one cell stand side by side in the order given. Returns their ids. */
export function writeCopies(journey: Journey, copies: readonly Copy[]): readonly string[] {
  if (copies.length === 0) return [];
  return act(journey, () =>
    placeCopies(journey, copies, (lane) => journey.lanes.get(lane)?.kind ?? 'note'),
  );
}

/** The part of it that other writes share; call it inside a transaction. `kindOf` also knows lanes just made. */
export function placeCopies(
  journey: Journey,
  copies: readonly Copy[],
  kindOf: (lane: string) => LaneKind,
): readonly string[] {
  const named = copies.map((copy) => ({ ...copy, id: newId() }));
  const renamed = new Map(
    named.filter(({ lane }) => isAddressable(kindOf(lane))).map(({ card, id }) => [card.id, id]),
  );
  const copied = new Set(copies.map(({ card }) => card.id));
  const addressed = (id: string): string | undefined => {
    if (copied.has(id)) return renamed.get(id);
    const card = journey.card(id).get();
    return card !== undefined && isAddressable(kindOf(card.lane)) ? id : undefined;
  };
  for (const group of inCells(named).values()) {
    const [{ lane, stage, index }] = group;
    const cell = journey.cellCards(lane, stage);
    const { orders, rekeyed } = placesAt(cell, index ?? cell.length, group.length);
    applyOrders(journey, 'cards', rekeyed);
    group.forEach(({ card, id }, at) => {
      const kind = kindOf(lane);
      const addresses = card.addresses.map(addressed).filter((target) => target !== undefined);
      const entry = cardEntry({ ...fitting(journey, card, kind), lane, stage, addresses }, kind);
      journey.root('cards').set(id, entry);
      setPlain(entry, 'order', orders[at]);
    });
  }
  return named.map(({ id }) => id);
}

/** Opportunities address pains and expectations, and nothing else (MAP-11). */
function isAddressable(kind: LaneKind): boolean {
  return kind === 'pain' || kind === 'expectation';
}

/** A card without the fields that would break a rule where it goes. */
function fitting(journey: Journey, card: Card, kind: LaneKind): Card {
  const { persona, value, valueText, ...rest } = card;
  const isScale = value !== undefined && Number.isInteger(value) && value >= 1 && value <= 5;
  return {
    ...rest,
    ...(persona !== undefined && journey.personas.get(persona) !== undefined ? { persona } : {}),
    // MAP-12: five steps in an opportunity lane, any figure elsewhere.
    ...(value !== undefined && (isScale || kind !== 'opportunity') ? { value } : {}),
    ...(valueText !== undefined && kind !== 'opportunity' ? { valueText } : {}),
  };
}
