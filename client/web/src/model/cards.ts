// Write operations on cards and comments, each one transaction and one undo step.
// Called by the view. A card never moves by delete-and-insert: `lane`, `stage` and `order` are keys (MAP rules).
import type { Card } from './entities';
import { newId } from './ids';
import type { Journey } from './journey';
import type { LaneKind } from './kinds';
import { placeAt, placesAt } from './order';
import { sameItems } from './source';
import { difference } from './text/difference';
import {
  act,
  applyOrders,
  applyPlacement,
  continueStep,
  entryOf,
  listOf,
  newEntry,
  setPlain,
  textField,
} from './write';

/** A place in the grid; `index` counts the cell's cards without the one that is put there. */
export interface Place {
  readonly lane: string;
  readonly stage: string;
  readonly index: number;
}

/** The plain fields of a card a person can set. `undefined` takes a field away. */
export type CardFields = PlainFields & {
  /** A number, or in a metric lane words in its place (MAP-12). */
  readonly value?: number | string | undefined;
  readonly target?: number | string | undefined;
};

type PlainFields = {
  readonly [K in
    | 'channel'
    | 'owned'
    | 'momentOfTruth'
    | 'gap'
    | 'score'
    | 'persona'
    | 'severity'
    | 'impact'
    | 'effort'
    | 'status'
    | 'owner'
    | 'due'
    | 'actor'
    | 'failPoint'
    | 'unit'
    | 'confidence'
    | 'color']?: Card[K] | undefined;
};

export interface NewCard {
  readonly id: string;
  readonly place: Place;
  readonly text: string;
  readonly author: string;
  /** RFC 3339. */
  readonly at: string;
  readonly fields?: CardFields;
  /** For an opportunity: the pains and expectations it was written for. */
  readonly addresses?: readonly string[];
}

/** A card with nothing in it: what one that is not written yet looks like. */
export function blankCard(id: string, lane: string, stage: string): Card {
  return {
    id,
    order: '',
    lane,
    stage,
    text: '',
    actual: '',
    quote: '',
    owned: true,
    momentOfTruth: false,
    addresses: [],
    failPoint: false,
    confidence: 'assumption',
    sources: [],
  };
}

/** The texts a card of a lane kind starts with, beside the ones every card has (MAP-22). */
export function textsOf(kind: LaneKind | undefined): Record<string, string> {
  if (kind === 'expectation') return { actual: '' };
  return kind === 'emotion' ? { quote: '' } : {};
}

/**
 * Writes a new card. Its typing afterwards belongs to the same step, so that one undo takes the whole card back.
 * Does nothing when an entry of that id exists.
 */
export function addCard(journey: Journey, card: NewCard): void {
  const root = journey.root('cards');
  if (root.has(card.id)) return;
  const kind = journey.lanes.get(card.place.lane)?.kind;
  journey.steps.boundary();
  continueStep(journey, () => {
    const { lane, stage, index } = card.place;
    const entry = newEntry(
      { text: card.text, ...textsOf(kind) },
      { sources: [], ...(kind === 'opportunity' ? { addresses: card.addresses ?? [] } : {}) },
      { lane, stage, author: card.author, createdAt: card.at, ...card.fields },
    );
    const placement = placeAt(journey.cellCards(lane, stage), index);
    root.set(card.id, entry);
    applyPlacement(journey, 'cards', entry, placement);
  });
}

/** Where one of several cards goes. Without an index it goes to the end of its cell. */
export interface Move {
  readonly id: string;
  readonly lane: string;
  readonly stage: string;
  /** Among the cards of that cell that are not moved; the first one given for a cell holds for all that go there. */
  readonly index?: number;
}

/** Moves a card to a place. Returns whether anything changed. */
export function moveCard(journey: Journey, id: string, place: Place): boolean {
  return moveCards(journey, [{ id, ...place }]);
}

/** Moves cards, those that go to one cell side by side in the order given. Returns whether anything changed. */
export function moveCards(journey: Journey, moves: readonly Move[]): boolean {
  const known = moves.filter(({ id }) => journey.card(id).get() !== undefined);
  const moving = new Set(known.map(({ id }) => id));
  const changed = [...inCells(known)].filter(([, group]) => {
    const [{ lane, stage, index }] = group;
    const ids = journey.cell(lane, stage).get();
    const others = ids.filter((id) => !moving.has(id));
    const then = others.toSpliced(index ?? others.length, 0, ...group.map(({ id }) => id));
    return !sameItems(ids, then);
  });
  if (changed.length === 0) return false;
  act(journey, () => {
    for (const [, group] of changed) {
      const [{ lane, stage, index }] = group;
      const others = journey.cellCards(lane, stage).filter(({ id }) => !moving.has(id));
      const { orders, rekeyed } = placesAt(others, index ?? others.length, group.length);
      applyOrders(journey, 'cards', rekeyed);
      group.forEach(({ id }, at) => {
        const entry = entryOf(journey, 'cards', id);
        if (entry === undefined) return;
        setPlain(entry, 'lane', lane);
        setPlain(entry, 'stage', stage);
        setPlain(entry, 'order', orders[at]);
      });
    }
  });
  return true;
}

/** Groups what goes to cells by cell; a group is never empty. */
export function inCells<T extends { readonly lane: string; readonly stage: string }>(
  things: readonly T[],
): ReadonlyMap<string, readonly [T, ...T[]]> {
  const cells = new Map<string, [T, ...T[]]>();
  for (const thing of things) {
    const key = `${thing.lane} ${thing.stage}`;
    const group = cells.get(key);
    if (group === undefined) cells.set(key, [thing]);
    else group.push(thing);
  }
  return cells;
}

export function setCardFields(journey: Journey, id: string, fields: CardFields): void {
  setFieldsOf(journey, [id], fields);
}

/** Sets the same fields on several cards, as one step. */
export function setFieldsOf(journey: Journey, ids: readonly string[], fields: CardFields): void {
  const entries = ids
    .map((id) => entryOf(journey, 'cards', id))
    .filter((entry) => entry !== undefined);
  if (entries.length === 0) return;
  act(journey, () => {
    for (const entry of entries) {
      for (const [field, value] of Object.entries(fields)) setPlain(entry, field, value);
    }
  });
}

/** What a new card of a lane starts with: a feeling stands on its persona's line from the first letter. */
export function freshFields(journey: Journey, lane: string): CardFields {
  if (journey.lanes.get(lane)?.kind !== 'emotion') return {};
  const personas = journey.personas.all.get();
  const persona = (personas.find((one) => one.primary) ?? personas[0])?.id;
  return { score: 0, ...(persona === undefined ? {} : { persona }) };
}

/** Deletes cards and what was said about them. */
export function removeCards(journey: Journey, ids: readonly string[]): void {
  act(journey, () => deleteCards(journey, new Set(ids)));
}

/** The part of a deletion that stage and lane deletions share; call it inside a transaction. */
export function deleteCards(journey: Journey, ids: ReadonlySet<string>): void {
  for (const id of ids) journey.root('cards').delete(id);
  for (const id of ids) {
    for (const comment of journey.thread(id).get()) journey.root('comments').delete(comment.id);
  }
}

/**
 * Writes a card again that somebody else deleted while this person stood on it, as it was last seen here.
 * It keeps its id unless that is taken again, so that links to it hold.
 */
export function putBack(journey: Journey, card: Card): void {
  if (journey.root('cards').has(card.id)) return;
  const { lane, stage } = card;
  act(journey, () => {
    const entry = cardEntry(card, journey.lanes.get(lane)?.kind);
    journey.root('cards').set(card.id, entry);
    const cell = journey.cellCards(lane, stage);
    applyPlacement(journey, 'cards', entry, placeAt(cell, cell.length));
  });
}

/** A card's snapshot as a new entry, without its order. */
export function cardEntry(card: Card, kind: LaneKind | undefined): ReturnType<typeof newEntry> {
  const { id: _, order: __, text, actual, quote, sources, addresses, ...plain } = card;
  return newEntry(
    {
      text,
      ...textsOf(kind),
      ...(actual === '' ? {} : { actual }),
      ...(quote === '' ? {} : { quote }),
    },
    { sources, ...(kind === 'opportunity' || addresses.length > 0 ? { addresses } : {}) },
    withoutDefaults(plain),
  );
}

/** Snapshots fill in defaults; written back, a default stays the absent field it was. */
function withoutDefaults(plain: Partial<Card>): Record<string, unknown> {
  const { valueText, targetText, ...rest } = plain;
  const fields: Record<string, unknown> = { ...rest };
  if (valueText !== undefined) fields.value = valueText;
  if (targetText !== undefined) fields.target = targetText;
  if (plain.owned === true) delete fields.owned;
  if (plain.momentOfTruth === false) delete fields.momentOfTruth;
  if (plain.failPoint === false) delete fields.failPoint;
  if (plain.confidence === 'assumption') delete fields.confidence;
  return fields;
}

/** Says which pains and expectations an opportunity addresses. */
export function setAddressed(
  journey: Journey,
  card: string,
  target: string,
  addressed: boolean,
): void {
  const entry = entryOf(journey, 'cards', card);
  if (entry === undefined) return;
  act(journey, () => {
    const list = listOf(entry, 'addresses');
    const index = list.toArray().indexOf(target);
    if (addressed && index < 0) list.push([target]);
    if (!addressed && index >= 0) list.delete(index, 1);
  });
}

export function addComment(
  journey: Journey,
  card: string,
  text: string,
  author: string,
  at: string,
): void {
  act(journey, () => {
    const thread = journey.thread(card).get();
    const entry = newEntry({ text }, {}, { card, author, at, resolved: false });
    journey.root('comments').set(newId(), entry);
    applyPlacement(journey, 'comments', entry, placeAt(thread, thread.length));
  });
}

export function setResolved(journey: Journey, comment: string, resolved: boolean): void {
  const entry = entryOf(journey, 'comments', comment);
  if (entry !== undefined) act(journey, () => setPlain(entry, 'resolved', resolved));
}

/** Rewords a comment: only what differs is written (MAP-33). */
export function setCommentText(journey: Journey, comment: string, text: string): void {
  act(journey, () => {
    const held = textField(journey, 'comments', comment, 'text');
    const change = held === undefined ? undefined : difference(held.toString(), text, text.length);
    if (held === undefined || change === undefined) return;
    held.delete(change.index, change.remove);
    held.insert(change.index, change.insert);
  });
}

export function removeComment(journey: Journey, comment: string): void {
  act(journey, () => journey.root('comments').delete(comment));
}
