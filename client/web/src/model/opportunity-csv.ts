// Opportunities as a table for a tracker: one row each, in the order given, with where to find the card again.
// Called by the view when somebody exports. The columns are described in docs/opportunities.md.
import { type CsvCell, csv } from './csv';
import { SOURCE_LABEL, STATUS_LABEL } from './kinds';
import { type Opportunity, type Rank, ratingOf } from './opportunities';

type Column = readonly [title: string, read: (one: Opportunity) => CsvCell];

/** `ranks` are those of the whole map, whatever part of it is exported; `linkTo` gives the address of a card. */
export function opportunityCsv(
  opportunities: readonly Opportunity[],
  ranks: ReadonlyMap<string, Rank>,
  linkTo: (card: string) => string,
): string {
  const columns: readonly Column[] = [
    ['Rank', ({ id }) => ranks.get(id)?.place],
    ['Score', ({ score }) => (score === undefined ? undefined : Math.round(score * 100) / 100)],
    ['Votes', ({ vote }) => vote?.dots],
    ['Voters', ({ vote }) => vote?.voters],
    ['Rank by votes', ({ vote }) => vote?.rank],
    ['Opportunity', ({ card }) => card.text],
    ['Stage', ({ stage }) => stage.title],
    ['Lane', ({ lane }) => lane.title],
    ['Status', ({ card }) => (card.status === undefined ? undefined : STATUS_LABEL[card.status])],
    ['Impact', ({ card }) => ratingOf(card, 'impact')],
    ['Value', ({ card }) => ratingOf(card, 'value')],
    ['Effort', ({ card }) => ratingOf(card, 'effort')],
    ['Owner', ({ card }) => card.owner],
    ['Due', ({ card }) => card.due],
    ['Addresses', ({ addresses }) => addresses.map(({ card }) => oneLine(card.text)).join('\n')],
    ['Pain severity addressed', ({ severity }) => severity],
    [
      'Expectation gaps addressed',
      ({ gaps, addresses }) =>
        addresses.some(({ card, kind }) => kind === 'expectation' && card.gap !== undefined)
          ? gaps
          : undefined,
    ],
    ['Confidence', ({ card }) => (card.confidence === 'evidence' ? 'Evidence' : 'Assumption')],
    [
      'Sources',
      ({ card }) =>
        card.sources
          .map(({ kind, title, url }) =>
            [`${SOURCE_LABEL[kind]}:`, oneLine(title), url ?? '']
              .filter((part) => part !== '')
              .join(' '),
          )
          .join('\n'),
    ],
    ['Link', ({ id }) => linkTo(id)],
    ['Id', ({ id }) => id],
  ];
  return csv([
    columns.map(([title]) => title),
    ...opportunities.map((one) => columns.map(([, read]) => read(one))),
  ]);
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/gu, ' ');
}
