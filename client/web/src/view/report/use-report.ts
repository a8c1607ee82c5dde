// The report of the open map, as it stands: it follows every edit, but lets typing go first.
import { useDeferredValue, useMemo } from 'react';
import { contentStore } from '../../model/content';
import { localDay, type Report, reportOf } from '../../model/report';
import { useBoard, useStore } from '../map/use';

export function useReport(): Report {
  const { journey } = useBoard();
  const content = useDeferredValue(useStore(contentStore(journey)));
  const today = localDay(new Date()) ?? '';
  return useMemo(() => reportOf(content, today), [content, today]);
}
