// A card in words, for those who hear the map: its accessible name, and what it is linked to.
// Everything the face shows is said here; `faces.tsx` and this change together.
import type { Card } from '../../model/entities';
import {
  GAP_LABEL,
  type LaneKind,
  SEVERITY_LABEL,
  STATUS_LABEL,
  scoreLabel,
  scoreText,
} from '../../model/kinds';
import { colorName } from '../ui';
import { type Board, quoted } from './board';

export interface Around {
  /** Whose feeling it is. */
  readonly persona?: string | undefined;
  /** How many opportunities address it. */
  readonly addressedBy: number;
  /** Open ones. */
  readonly comments: number;
}

/** A card in one sentence. */
export function describeCard(card: Card, kind: LaneKind, around: Around): string {
  return [
    card.text.trim() === '' ? 'Empty card' : card.text.trim(),
    ...ofKind(card, kind, around),
    ...restingOn(card),
    counted(around.comments, 'open comment', 'open comments'),
    card.color === undefined ? undefined : `marked ${colorName(card.color)}`,
  ]
    .filter((part) => part !== undefined)
    .join('; ');
}

function ofKind(card: Card, kind: LaneKind, around: Around): readonly (string | undefined)[] {
  switch (kind) {
    case 'touchpoint':
      return [
        card.channel === undefined ? undefined : `channel ${card.channel}`,
        card.momentOfTruth ? 'moment of truth' : undefined,
        card.owned ? undefined : 'beyond our control',
      ];
    case 'expectation':
      return [
        card.actual === '' ? 'what happens is not known yet' : `actually: ${card.actual}`,
        card.gap === undefined ? undefined : GAP_LABEL[card.gap],
        addressed(around.addressedBy),
      ];
    case 'emotion':
      return [
        card.score === undefined
          ? 'no score'
          : `${scoreText(card.score)}, ${scoreLabel(card.score)}`,
        around.persona,
        card.quote === '' ? undefined : `“${card.quote}”`,
      ];
    case 'pain':
      return [
        card.severity === undefined
          ? undefined
          : `severity ${card.severity} of 5, ${SEVERITY_LABEL[card.severity - 1]}`,
        addressed(around.addressedBy),
      ];
    case 'opportunity':
      return [
        card.impact === undefined ? undefined : `impact ${card.impact}`,
        card.value === undefined ? undefined : `value ${card.value}`,
        card.effort === undefined ? undefined : `effort ${card.effort}`,
        card.status === undefined ? undefined : STATUS_LABEL[card.status],
        card.owner,
        card.due === undefined ? undefined : `due ${card.due}`,
        counted(card.addresses.length, 'card addressed', 'cards addressed'),
      ];
    case 'metric': {
      const target = withUnit(card.target, card.targetText, card.unit);
      return [
        withUnit(card.value, card.valueText, card.unit),
        target === undefined ? undefined : `target ${target}`,
      ];
    }
    case 'evidence':
    case 'frontstage':
    case 'backstage':
    case 'support':
      return [card.actor, card.failPoint ? 'fail point' : undefined];
    case 'action':
    case 'note':
      return [];
  }
}

/** Assumption is what every card is until somebody knows better: that goes without saying. */
function restingOn(card: Card): readonly (string | undefined)[] {
  if (card.sources.length > 0) return [counted(card.sources.length, 'source', 'sources')];
  return [card.confidence === 'evidence' ? 'evidence' : undefined];
}

function counted(number: number, one: string, many: string): string | undefined {
  return number === 0 ? undefined : `${number} ${number === 1 ? one : many}`;
}

function addressed(by: number): string | undefined {
  return by === 0 ? undefined : `addressed by ${by}`;
}

/** Words that stand for a number have their unit in them, or none. */
function withUnit(
  number: number | undefined,
  words: string | undefined,
  unit: string | undefined,
): string | undefined {
  return number === undefined ? words : `${number} ${unit ?? ''}`.trim();
}

/** What a card is linked to, each with its place. Read when somebody comes to it, not kept live. */
export function describeLinks(board: Board, card: Card, kind: LaneKind): string | undefined {
  const { ids, words } =
    kind === 'opportunity'
      ? { ids: card.addresses, words: 'Addresses' }
      : { ids: board.journey.addressedBy(card.id).get(), words: 'Addressed by' };
  const linked = ids
    .map((id) => board.journey.card(id).get())
    .filter((other) => other !== undefined)
    .map(
      (other) =>
        `${quoted(other.text, 'an empty card')} in ${board.describe(other.lane, other.stage)}`,
    );
  return linked.length === 0 ? undefined : `${words}: ${linked.join('; ')}`;
}
