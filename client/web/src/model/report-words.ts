// The sentences of a report, the same on screen and in Markdown. Called by both; dates come in through `say`, so that each
// writes them its way.
import type { Card } from './entities';
import {
  LANE_WORDS,
  type LaneKind,
  SEVERITY_LABEL,
  STATUS_LABEL,
  scoreLabel,
  scoreText,
} from './kinds';
import {
  type AssumptionLine,
  type Evidence,
  localDay,
  percent,
  type Report,
  type ReviewState,
} from './report';
import type { VoteLine, VoteReport } from './report-votes';
import { dotWords, placeText } from './rounds';

/** A day, YYYY-MM-DD, in words. */
export type SayDay = (day: string) => string;

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function stageName(title: string): string {
  return title.trim() === '' ? 'Unnamed stage' : title.trim();
}

export function textOr(text: string, kind: LaneKind): string {
  return text.trim() === '' ? `Empty ${LANE_WORDS[kind].card}` : text.trim();
}

/** "−2, Awful" */
export function feelingWords(score: number): string {
  return `${scoreText(rounded(score))}, ${scoreLabel(score)}`;
}

/** Means of a few halves: two places are more than anybody felt. */
export function rounded(score: number): number {
  return Math.round(score * 10) / 10;
}

export function severityWords(severity: number | undefined): string {
  const label = severity === undefined ? undefined : SEVERITY_LABEL[severity - 1];
  return label === undefined ? 'Severity not rated' : `${label}, ${severity} of 5`;
}

/** "Mira, moves for a first job" */
export function personaWords({
  name,
  role,
}: {
  readonly name: string;
  readonly role: string;
}): string {
  const who = name.trim() === '' ? 'Unnamed' : name.trim();
  return role.trim() === '' ? who : `${who}, ${role.trim()}`;
}

/** Who does it and by when: "Planned, Ana Ruiz, due 4 December 2026". */
export function planWords(card: Card, say: SayDay): string {
  const isOver = card.status === 'done' || card.status === 'dropped';
  return [
    STATUS_LABEL[card.status ?? 'idea'],
    card.owner ?? (isOver ? undefined : 'no owner yet'),
    card.due === undefined ? undefined : `due ${say(card.due)}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

export interface Glance {
  readonly label: string;
  readonly text: string;
  readonly detail: string;
}

/** What to take away if there is time for nothing else. */
export function atAGlance(report: Report, say: SayDay): readonly Glance[] {
  const [moment] = report.moments;
  const opportunity = report.opportunities[0]?.opportunity;
  return [
    ...(moment === undefined
      ? []
      : [
          {
            label: moment.score < 0 ? 'Worst moment' : 'Lowest point',
            text: stageName(moment.stage.title),
            detail: [feelingWords(moment.score), moment.who].filter(Boolean).join(', '),
          },
        ]),
    ...(opportunity === undefined
      ? []
      : [
          {
            label: 'First opportunity',
            text: textOr(opportunity.card.text, 'opportunity'),
            detail: planWords(opportunity.card, say),
          },
        ]),
    {
      label: 'Evidence',
      text: `${percent(report.evidence)} %`,
      detail: evidenceWords(report.evidence),
    },
  ];
}

export function evidenceWords({ cards, evidence }: Evidence): string {
  if (evidence === 0) return `None of the ${count(cards, 'card')} rests on evidence`;
  const rest = evidence === 1 ? 'rests' : 'rest';
  return `${evidence} of ${count(cards, 'card')} ${rest} on evidence`;
}

export function reviewWords({ last, due, isOverdue }: ReviewState, say: SayDay): string {
  if (last === undefined) return 'Not reviewed yet';
  const reviewed = `Reviewed ${say(last)}`;
  if (due === undefined) return reviewed;
  return `${reviewed}, ${isOverdue ? 'next review was due' : 'next review'} ${say(due)}`;
}

export function assumptionWords({ kind, because }: AssumptionLine): string {
  return `${capital(LANE_WORDS[kind].card)}, ${because}`;
}

/** What is not among the opportunities shown; empty when all are. */
export function otherOpportunities(report: Report): string {
  const parts = [
    report.moreOpportunities === 0 ? undefined : `${report.moreOpportunities} more open`,
    report.doneOpportunities === 0 ? undefined : `${report.doneOpportunities} done`,
    report.droppedOpportunities === 0 ? undefined : `${report.droppedOpportunities} dropped`,
  ].filter((part) => part !== undefined);
  return parts.join(', ');
}

/** A layer as people call it; notes and figures are of no layer. */
export function layerName(layer: string): string {
  return layer === LANE_WORDS.note.layer ? 'Notes and figures' : layer;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** "4 voters with 5 dots each, 27 November 2026; anonymous". */
export function voteWords({ round }: VoteReport, say: SayDay): string {
  const { setup, voters = 0, ended } = round;
  const day = ended === undefined ? undefined : localDay(new Date(ended));
  return [
    `${count(voters, 'voter')} with ${count(setup.dots, 'dot')} each`,
    day === undefined ? undefined : say(day),
    setup.anonymous ? 'anonymous' : 'with names',
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** What a run-off said of a card that was tied: "3 dots, rank 1". */
export function runOffWords({ place: { runOff } }: VoteLine): string | undefined {
  if (runOff === undefined) return undefined;
  const { standing } = runOff;
  return standing === undefined
    ? 'no dot'
    : `${dotWords(standing.dots)}, rank ${placeText(standing)}`;
}

/** What is not among the places shown; empty when all are. */
export function otherVotes({ more, hidden }: VoteReport): string {
  return [
    more === 0 ? undefined : `${count(more, 'more card')} with fewer dots`,
    hidden === 0 ? undefined : `${hidden} in hidden lanes`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
