// What came since the last review, in words: what truly changed where the history was asked, else what the map holds days of. Pure;
// called by the report and its Markdown.
import type { Comparison } from '../wire/compare';
import { fieldName, GAP_WORDS, KIND_WORDS, type Kind, PAIN_WORDS } from './differences';
import { listed } from './listed';
import type { ReviewState, Since } from './report';
import { count, type SayDay } from './report-words';

/** Nothing without a review. */
export function sinceWords({ last, since }: ReviewState, say: SayDay): string | undefined {
  if (last === undefined || since === undefined) return undefined;
  const head = `Since the review of ${say(last)}:`;
  return since.changes === undefined
    ? `${head} ${datedWords(since)}`
    : `${head} ${changeWords(since.changes, since.comments)}`;
}

function datedWords({ cards, comments, undated }: Since): string {
  const parts = [
    `${some(cards, 'card')} added, ${some(comments, 'comment')} written.`,
    ...(undated === 0
      ? []
      : [
          undated === 1
            ? 'One card does not say when it was written and is not counted.'
            : `${undated} cards do not say when they were written and are not counted.`,
        ]),
    'Rewordings, moves and deletions leave no date on the map.',
  ];
  return parts.join(' ');
}

function changeWords(changes: Comparison, comments: number): string {
  const { cards, stages, lanes, personas, map } = changes;
  const changed = [
    tally('card', cards),
    tally('stage', stages),
    tally('lane', lanes),
    tally('persona', personas),
    map.length === 0
      ? ''
      : `${listed(map.map(({ field }) => fieldName(field).toLowerCase()))} changed`,
  ].filter((part) => part !== '');
  return [
    `${[
      ...(changed.length === 0 ? ['nothing changed on the map'] : changed),
      ...(comments === 0 ? [] : [`${count(comments, 'comment')} written`]),
    ].join('; ')}.`,
    fates('Pains', changes.pains, PAIN_WORDS),
    fates('Gaps', changes.gaps, GAP_WORDS),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const KINDS: readonly Kind[] = ['added', 'removed', 'moved', 'reworded', 'changed'];

/** "3 cards added, 1 removed" */
function tally(one: string, changes: Readonly<Record<Kind, readonly unknown[]>>): string {
  return KINDS.map((kind) => [changes[kind].length, KIND_WORDS[kind].toLowerCase()] as const)
    .filter(([number]) => number > 0)
    .map(([number, did], place) => `${place === 0 ? count(number, one) : number} ${did}`)
    .join(', ');
}

/** "Pains: 1 resolved, 2 new." */
function fates<Fate extends string>(
  title: string,
  all: readonly { readonly became: Fate }[],
  words: Readonly<Record<Fate, string>>,
): string {
  if (all.length === 0) return '';
  const counted = (Object.keys(words) as Fate[])
    .map((fate) => [all.filter(({ became }) => became === fate).length, words[fate]] as const)
    .filter(([number]) => number > 0)
    .map(([number, fate]) => `${number} ${fate.toLowerCase()}`);
  return `${title}: ${counted.join(', ')}.`;
}

function some(number: number, one: string): string {
  return number === 0 ? `no ${one}` : count(number, one);
}
