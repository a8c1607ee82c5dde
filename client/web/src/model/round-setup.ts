// What a round of dot voting would be, before it is opened: which cards it would be about, how many dots are usual, and every setting in one
// sentence each. Pure; the server freezes the cards by the same rule (VOTE-1), and its answer counts.
import type { Role, RoundSetup, Targets } from '../wire/channel';
import type { Card, Lane, Stage } from './entities';

/** Bounds of VOTE-11. */
export const DOTS_MOST = 99;
export const QUESTION_MOST = 200;
export const TARGETS_MOST = 2000;
export const SECONDS = { least: 10, most: 86_400 } as const;

export interface Cards {
  readonly stages: readonly Stage[];
  readonly lanes: readonly Lane[];
  readonly cards: readonly Card[];
}

/** The cards a round on these targets would be about: those in a lane and a stage that exist, hidden lanes included. */
export function targetCards({ stages, lanes, cards }: Cards, targets: Targets): readonly Card[] {
  const kinds = new Map(lanes.map(({ id, kind }) => [id, kind]));
  const here = new Set(stages.map(({ id }) => id));
  const placed = cards.filter((card) => kinds.has(card.lane) && here.has(card.stage));
  if (targets.cards !== undefined) {
    const picked = new Set(targets.cards);
    return placed.filter(({ id }) => picked.has(id));
  }
  const isAsked = (card: Card): boolean =>
    (targets.lanes === undefined
      ? kinds.get(card.lane) === 'opportunity'
      : targets.lanes.includes(card.lane)) &&
    (targets.stages === undefined || targets.stages.includes(card.stage));
  return placed.filter(isAsked);
}

/** Dots each that let people set priorities without spreading them over everything: about a quarter of the cards, three to ten. */
export function usualDots(cards: number): number {
  return Math.min(10, Math.max(Math.min(3, cards), Math.ceil(cards / 4)));
}

/** Half of them at most on one card: a strong wish can show, and still nobody settles it alone. */
export function usualMost(dots: number): number {
  return Math.max(1, Math.ceil(dots / 2));
}

export interface Electorate {
  readonly role: Role;
}

/** How many of these people would have a ballot. */
export function votersAmong(people: readonly Electorate[], roles: readonly Role[]): number {
  return people.filter(({ role }) => roles.includes(role)).length;
}

/** What is wrong with a setup as it stands, in words for the person who fills it in; undefined when it can be opened. */
export function setupFlaw(setup: RoundSetup, cards: number): string | undefined {
  const length = [...setup.question.trim()].length;
  if (length === 0) return 'Say what people vote on.';
  if (length > QUESTION_MOST)
    return `The question has ${length} characters; at most ${QUESTION_MOST}.`;
  if (cards === 0) return 'There is no card to vote for.';
  if (cards > TARGETS_MOST)
    return `These are ${cards} cards; a vote takes at most ${TARGETS_MOST}.`;
  if (!isWhole(setup.dots, DOTS_MOST)) return `Give everybody 1 to ${DOTS_MOST} dots.`;
  if (!isWhole(setup.mostPerCard, setup.dots)) {
    return `A card takes 1 to ${setup.dots} of a person’s dots.`;
  }
  if (setup.roles?.length === 0) return 'Say who may vote.';
  return undefined;
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
