// Hands the list to the browser as a CSV file: what the filter shows, in the order of the list.
import { grouped, type Opportunity, passes, ranksOf } from '../../model/opportunities';
import { opportunityCsv } from '../../model/opportunity-csv';
import type { Board } from '../map/board';
import { mapPath } from '../router';
import { fileTitle, saveText } from '../save-file';
import type { Look } from './state';

/** Returns the name of the file. */
export function saveCsv(
  board: Board,
  opportunities: readonly Opportunity[],
  { groupBy, sorting, filter }: Look,
): string {
  const { mapId } = board.connection;
  const byId = new Map(opportunities.map((one) => [one.id, one]));
  const shown = grouped(
    opportunities.filter((one) => passes(one, filter)),
    groupBy,
    sorting,
  )
    .flatMap(({ ids }) => ids)
    .map((id) => byId.get(id))
    .filter((one) => one !== undefined);
  const text = opportunityCsv(
    shown,
    ranksOf(opportunities),
    (card) => `${location.origin}${mapPath(mapId)}?card=${encodeURIComponent(card)}`,
  );
  const name = `${fileTitle(board.journey.meta.get().title, mapId)}.opportunities.csv`;
  saveText(text, 'text/csv;charset=utf-8', name);
  return name;
}
