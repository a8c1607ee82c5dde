// Tolerant readers: from whatever a document holds to snapshots.
// Called by `journey.ts`; they never write and never throw. Any client may write anything into the document, so a
// field of the wrong type reads as its default and an entry that is no Y.Map reads as absent (MAP rules, "tolerant").
import * as Y from 'yjs';
import type { Card, Comment, Lane, Meta, Persona, Review, Source, Stage } from './entities';
import { LANE_KINDS, MAP_KINDS, nearestScore, OPPORTUNITY_STATUSES, SOURCE_KINDS } from './kinds';
import { EVERY_DAYS_MAX, isDay } from './review';

/** Free text: a Y.Text or, from a foreign client, a plain string. */
export function textOf(value: unknown): string {
  if (value instanceof Y.Text) return value.toString();
  return typeof value === 'string' ? value : '';
}

function str(value: unknown): string | undefined {
  const text = textOf(value);
  return text === '' ? undefined : text;
}

function flag(value: unknown, absent: boolean): boolean {
  return typeof value === 'boolean' ? value : absent;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A whole number within bounds; one outside them reads as absent rather than as something nobody chose. */
function scale(value: unknown, low: number, high: number): number | undefined {
  const found = number(value);
  if (found === undefined || !Number.isInteger(found)) return undefined;
  return found >= low && found <= high ? found : undefined;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

/** A real calendar day; anything else reads as absent (MAP-14). */
function day(value: unknown): string | undefined {
  const text = str(value);
  return text !== undefined && isDay(text) ? text : undefined;
}

function items(value: unknown): readonly unknown[] {
  if (value instanceof Y.Array) return value.toArray();
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): readonly string[] {
  return items(value).filter((item): item is string => typeof item === 'string');
}

function record(value: unknown): Record<string, unknown> | undefined {
  if (value instanceof Y.Map) return value.toJSON();
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Leaves out keys without a value, so that an absent field stays absent. */
function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as T;
}

function entry(value: unknown): Y.Map<unknown> | undefined {
  return value instanceof Y.Map ? value : undefined;
}

function orderOf(map: Y.Map<unknown>): string {
  const order = map.get('order');
  return typeof order === 'string' ? order : '';
}

export function readMeta(meta: Y.Map<unknown>): Meta {
  const review = record(meta.get('review'));
  return present<Meta>({
    title: textOf(meta.get('title')),
    kind: oneOf(meta.get('kind'), MAP_KINDS) ?? 'current-state',
    scenario: textOf(meta.get('scenario')),
    goal: textOf(meta.get('goal')),
    owner: textOf(meta.get('owner')),
    review: present<Review>({
      everyDays: scale(review?.everyDays, 1, EVERY_DAYS_MAX),
      lastReviewed: day(review?.lastReviewed),
      by: str(review?.by),
    }),
    currentState: str(meta.get('currentState')),
  });
}

export function readPersona(id: string, value: unknown): Persona | undefined {
  const map = entry(value);
  if (map === undefined) return undefined;
  return {
    id,
    order: orderOf(map),
    name: textOf(map.get('name')),
    role: textOf(map.get('role')),
    quote: textOf(map.get('quote')),
    bio: textOf(map.get('bio')),
    primary: flag(map.get('primary'), false),
    goals: strings(map.get('goals')),
    needs: strings(map.get('needs')),
    frustrations: strings(map.get('frustrations')),
  };
}

export function readStage(id: string, value: unknown): Stage | undefined {
  const map = entry(value);
  if (map === undefined) return undefined;
  return {
    id,
    order: orderOf(map),
    title: textOf(map.get('title')),
    description: textOf(map.get('description')),
  };
}

export function readLane(id: string, value: unknown): Lane | undefined {
  const map = entry(value);
  if (map === undefined) return undefined;
  return {
    id,
    order: orderOf(map),
    title: textOf(map.get('title')),
    // A lane of a kind this client does not know is still a lane: its cards show as notes.
    kind: oneOf(map.get('kind'), LANE_KINDS) ?? 'note',
    hidden: flag(map.get('hidden'), false),
  };
}

export function readSource(value: unknown): Source | undefined {
  const fields = record(value);
  if (fields === undefined) return undefined;
  const title = textOf(fields.title);
  const url = str(fields.url);
  const quote = str(fields.quote);
  if (title === '' && url === undefined && quote === undefined) return undefined;
  return present<Source>({
    kind: oneOf(fields.kind, SOURCE_KINDS) ?? 'other',
    title,
    url,
    quote,
  });
}

export function readCard(id: string, value: unknown): Card | undefined {
  const map = entry(value);
  if (map === undefined) return undefined;
  return cardOf(id, orderOf(map), (field) => map.get(field));
}

/** A card from its fields, wherever they come from: an entry of the document, or JSON that somebody pasted. */
export function cardOf(id: string, order: string, field: (name: string) => unknown): Card {
  const score = number(field('score'));
  const color = str(field('color'));
  const sources = items(field('sources'))
    .map(readSource)
    .filter((source) => source !== undefined);
  return present<Card>({
    id,
    order,
    lane: textOf(field('lane')),
    stage: textOf(field('stage')),
    text: textOf(field('text')),
    actual: textOf(field('actual')),
    quote: textOf(field('quote')),
    channel: str(field('channel')),
    owned: flag(field('owned'), true),
    momentOfTruth: flag(field('momentOfTruth'), false),
    gap: scale(field('gap'), 0, 3),
    score: score === undefined ? undefined : nearestScore(score),
    persona: str(field('persona')),
    severity: scale(field('severity'), 1, 5),
    impact: scale(field('impact'), 1, 5),
    value: number(field('value')),
    valueText: str(field('value')),
    effort: scale(field('effort'), 1, 5),
    status: oneOf(field('status'), OPPORTUNITY_STATUSES),
    owner: str(field('owner')),
    due: str(field('due')),
    addresses: strings(field('addresses')),
    actor: str(field('actor')),
    failPoint: flag(field('failPoint'), false),
    unit: str(field('unit')),
    target: number(field('target')),
    targetText: str(field('target')),
    confidence:
      sources.length > 0 || field('confidence') === 'evidence' ? 'evidence' : 'assumption',
    sources,
    color: color !== undefined && /^#[0-9a-f]{6}$/i.test(color) ? color : undefined,
    author: str(field('author')),
    createdAt: str(field('createdAt')),
    lastTouched: str(field('lastTouched')),
  });
}

export function readComment(id: string, value: unknown): Comment | undefined {
  const map = entry(value);
  if (map === undefined) return undefined;
  return {
    id,
    order: orderOf(map),
    card: textOf(map.get('card')),
    author: textOf(map.get('author')),
    at: textOf(map.get('at')),
    text: textOf(map.get('text')),
    resolved: flag(map.get('resolved'), false),
  };
}
