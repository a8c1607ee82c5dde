// The report of the open map, as it stands: it follows every edit, but lets typing go first.
import { useDeferredValue, useMemo } from 'react';
import { roundsOf } from '../../facilitation/rounds';
import { contentStore } from '../../model/content';
import { localDay, type Report, reportOf } from '../../model/report';
import { useBoard, useStore } from '../map/use';

export function useReport(): Report {
  const { journey, connection } = useBoard();
  const content = useDeferredValue(useStore(contentStore(journey)));
  const today = localDay(new Date()) ?? '';
  const rounds = useStore(roundsOf(connection.workshop.shared));
  return useMemo(() => reportOf(content, today, rounds), [content, today, rounds]);
}
