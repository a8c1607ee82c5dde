// A report as Markdown (CommonMark with GitHub's tables), for a wiki, a tracker or a chat. Pure.
// What people wrote is text, never markup: every sign that could mean something is escaped.
import type { EmotionRoundView } from '../wire/channel';
import { crowdOf } from './crowd';
import {
  answersWords,
  answerWords,
  outcomeWords,
  rangeWords,
  spreadText,
  spreadWords,
} from './crowd-words';
import { GAP_LABEL, MAP_KIND_LABEL } from './kinds';
import { RATINGS, rankWords, ratingOf, scoreWords } from './opportunities';
import { localDay, type OpportunityLine, percent, type Report } from './report';
import {
  assumptionWords,
  atAGlance,
  evidenceWords,
  feelingWords,
  layerName,
  otherOpportunities,
  otherVotes,
  personaWords,
  planWords,
  reviewWords,
  runOffWords,
  severityWords,
  stageName,
  textOr,
  voteWords,
} from './report-words';
import { placeText } from './rounds';
import { sinceWords } from './since-words';

/** Somebody's text on one line, with nothing in it that Markdown would take for its own. */
export function escaped(text: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  return line
    .replace(/[\\`*_[\]<>|~&$]/g, '\\$&')
    .replace(/^([#+=-])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Days stay as they are, YYYY-MM-DD: right in every language and sortable; whatever else stands there is text. */
const say = (day: string): string => day;

/** `felt` is the emotion round closed last. */
export function reportMarkdown(report: Report, felt?: EmotionRoundView): string {
  const title = report.title.trim() === '' ? 'Untitled map' : report.title;
  const blocks = [
    `# ${escaped(title)}`,
    `*${MAP_KIND_LABEL[report.kind]}: journey report*`,
    list(facts(report)),
    '## At a glance',
    list(
      atAGlance(report, say).map(
        ({ label, text, detail }) => `**${label}:** ${escaped(text)} (${escaped(detail)})`,
      ),
    ),
    ...curve(report),
    ...room(felt),
    ...moments(report),
    ...opportunities(report),
    ...votes(report),
    ...section(
      'Worst pains',
      report.pains.map(
        ({ card, stage, isAddressed }) =>
          `${escaped(textOr(card.text, 'pain'))} (${at(stage)}; ${severityWords(card.severity).toLowerCase()}${isAddressed ? '' : '; no opportunity addresses it'})`,
      ),
    ),
    ...section(
      'Widest gaps',
      report.gaps.map(({ card, stage }) => `${gap(card)} (${at(stage)})`),
    ),
    ...section('Moments of truth', [
      ...report.truths.map(({ card, stage, feeling }) =>
        [
          `${escaped(textOr(card.text, 'touchpoint'))} (${at(stage)}`,
          feeling === undefined ? '' : `; feeling there ${feelingWords(feeling).toLowerCase()}`,
          ')',
        ].join(''),
      ),
      ...(report.moreTruths === 0 ? [] : [`and ${report.moreTruths} more`]),
    ]),
    ...evidence(report),
    ...section(
      'Still to be checked',
      report.assumptions.map(
        (line) => `${escaped(textOr(line.card.text, line.kind))} (${assumptionWords(line)})`,
      ),
    ),
    ...review(report),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function facts(report: Report): readonly string[] {
  const { persona, otherPersonas, scenario, goal, owner } = report;
  return [
    persona === undefined ? '' : `**Whose journey:** ${escaped(personaWords(persona))}`,
    otherPersonas.length === 0
      ? ''
      : `**Also:** ${otherPersonas.map((one) => escaped(personaWords(one))).join('; ')}`,
    scenario === '' ? '' : `**Scope:** ${escaped(scenario)}`,
    goal === '' ? '' : `**Goal:** ${escaped(goal)}`,
    owner === '' ? '' : `**Owner:** ${escaped(owner)}`,
    `**Review:** ${escaped(reviewWords(report.review, say))}`,
  ].filter((fact) => fact !== '');
}

function curve({ stages, lines }: Report): readonly string[] {
  if (stages.length === 0) return [];
  const rows = stages.map(({ id, title }) => [
    escaped(stageName(title)),
    ...lines.map(({ points }) =>
      points
        .filter(({ stage }) => stage === id)
        .map(({ score }) => feelingWords(score))
        .join('; '),
    ),
  ]);
  const heads = ['Stage', ...lines.map(({ name }) => escaped(name))];
  return ['## How it feels', table(heads, rows)];
}

function room(round: EmotionRoundView | undefined): readonly string[] {
  if (round === undefined) return [];
  const rows = crowdOf(round).stages.map(({ title, feelings }) =>
    feelings === undefined
      ? [escaped(stageName(title)), 'No answer', '', '']
      : [
          escaped(stageName(title)),
          answerWords(feelings.median),
          `${spreadText(feelings)}, ${spreadWords(feelings)}`,
          rangeWords(feelings),
        ],
  );
  return [
    '## How the room felt',
    `${escaped(round.setup.question)} (${localDay(new Date(round.opened)) ?? ''}, ${answersWords(round)}, without names)`,
    table(['Stage', 'Median', 'Spread', 'Answers'], rows),
    escaped(outcomeWords(round)),
  ];
}

function moments(report: Report): readonly string[] {
  return [
    ...(report.moments.length === 0 ? [] : ['## Worst moments']),
    ...report.moments.flatMap(({ stage, feeling, score, who, pain, gap: widest }, index) => [
      `### ${index + 1}\\. ${at(stage)}: ${feelingWords(score)}`,
      quote(feeling.quote, who),
      list([
        `Feeling: ${escaped(textOr(feeling.text, 'emotion'))}`,
        ...(pain === undefined
          ? []
          : [
              `Pain: ${escaped(textOr(pain.text, 'pain'))} (${severityWords(pain.severity).toLowerCase()})`,
            ]),
        ...(widest === undefined ? [] : [gap(widest)]),
      ]),
    ]),
  ];
}

function opportunities(report: Report): readonly string[] {
  if (report.opportunities.length === 0) return [];
  const others = otherOpportunities(report);
  return [
    '## Opportunities, ranked',
    table(
      [
        'Rank',
        'Opportunity',
        'Stage',
        'Plan',
        'Impact',
        'Value',
        'Effort',
        'Score',
        'Dots',
        'Addresses',
      ],
      report.opportunities.map(opportunity),
    ),
    others === '' ? '' : `Besides: ${others}.`,
  ];
}

function opportunity({ opportunity: one, rank }: OpportunityLine): readonly string[] {
  const { card, stage, score, addresses, vote } = one;
  return [
    rank === undefined ? '' : rankWords(rank),
    escaped(textOr(card.text, 'opportunity')),
    at(stage),
    escaped(planWords(card, say)),
    ...RATINGS.map((rating) => String(ratingOf(card, rating) ?? '')),
    score === undefined ? 'not rated yet' : scoreWords(score),
    vote === undefined ? '' : `${vote.dots}`,
    addresses.map(({ card: other, kind }) => escaped(textOr(other.text, kind))).join('; '),
  ];
}

function votes({ vote }: Report): readonly string[] {
  if (vote === undefined) return [];
  const { round, lines } = vote;
  const hasRunOff = lines.some(({ place }) => place.runOff !== undefined);
  const rows = lines.map((line) => [
    placeText(line.place),
    escaped(textOr(line.card?.text ?? line.place.text, 'note')) +
      (line.card === undefined ? ' (deleted since)' : ''),
    String(line.place.dots),
    String(line.place.voters),
    ...(hasRunOff ? [runOffWords(line) ?? ''] : []),
  ]);
  const heads = ['Rank', 'Card', 'Dots', 'Voters', ...(hasRunOff ? ['Run-off'] : [])];
  const others = otherVotes(vote);
  return [
    '## What people voted for',
    `${escaped(round.setup.question)} (${escaped(voteWords(vote, say))})`,
    lines.length === 0 ? 'Nobody placed a dot.' : table(heads, rows),
    lines.some(({ place }) => place.tied) ? 'Ranks with an equals sign are ties.' : '',
    others === '' ? '' : `Besides: ${others}.`,
  ];
}

function evidence(report: Report): readonly string[] {
  return [
    '## Evidence',
    `${percent(report.evidence)} %: ${evidenceWords(report.evidence)}.`,
    list(
      report.evidence.layers.map(
        (share) =>
          `${layerName(share.layer)}: ${percent(share)} % (${share.evidence} of ${share.cards})`,
      ),
    ),
  ];
}

function review({ review: state, hiddenLanes }: Report): readonly string[] {
  const since = sinceWords(state, say);
  const hidden =
    hiddenLanes === 0
      ? ''
      : `${hiddenLanes === 1 ? '1 hidden lane is' : `${hiddenLanes} hidden lanes are`} left out.`;
  return [...(since === undefined ? [] : ['## Since the last review', since]), hidden];
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}`, list(items)];
}

function at({ title }: { readonly title: string }): string {
  return escaped(stageName(title));
}

function gap(card: {
  readonly text: string;
  readonly actual: string;
  readonly gap?: number;
}): string {
  const words = GAP_LABEL[card.gap ?? 0] ?? GAP_LABEL[0];
  return `Expected: ${escaped(textOr(card.text, 'expectation'))}. Actually: ${escaped(card.actual)} (${words.toLowerCase()})`;
}

function quote(text: string, who: string | undefined): string {
  if (text.trim() === '') return '';
  return `> “${escaped(text)}”${who === undefined ? '' : `\n>\n> ${escaped(who)}`}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}
