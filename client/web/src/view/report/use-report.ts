// The report of the open map, as it stands: it follows every edit, but lets typing go first.
import { useDeferredValue, useMemo } from 'react';
import { roundsOf } from '../../facilitation/rounds';
import { contentStore } from '../../model/content';
import { localDay, type Report, reportOf } from '../../model/report';
import type { Comparison } from '../../wire/compare';
import { useBoard, useStore } from '../map/use';

/** With what changed since the last review, where somebody asked the history. */
export function useReport(changes?: Comparison): Report {
  const { journey, connection } = useBoard();
  const content = useDeferredValue(useStore(contentStore(journey)));
  const today = localDay(new Date()) ?? '';
  const rounds = useStore(roundsOf(connection.workshop.shared));
  return useMemo(
    () => reportOf(content, today, rounds, changes),
    [content, today, rounds, changes],
  );
}
