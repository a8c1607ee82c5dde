// The versions and reviews of the open map, asked for anew when something may have changed them: a restore or a save here, and coming
// back to this page.
import { useCallback, useEffect, useState } from 'react';
import { mapVersions } from '../../wire/past';
import type { VersionList } from '../../wire/versions';
import { useBoard } from '../map/use';
import { explain } from '../words';

export type Versions =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly why: string; readonly again: () => void }
  | {
      readonly kind: 'here';
      readonly list: VersionList;
      /** Why what changed since could not be fetched. */
      readonly staleWhy?: string;
      readonly again: () => void;
    };

export function useVersions(): Versions {
  const { mapId } = useBoard().connection;
  const [list, setList] = useState<VersionList>();
  const [why, setWhy] = useState<string>();
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks again.
  useEffect(() => {
    let left = false;
    mapVersions(mapId).then(
      (answer) => {
        if (left) return;
        setList(answer);
        setWhy(undefined);
      },
      (error: unknown) => {
        if (!left) setWhy(explain(error));
      },
    );
    return () => {
      left = true;
    };
  }, [mapId, turn]);
  useEffect(() => {
    const onShow = (): void => {
      if (document.visibilityState === 'visible') again();
    };
    document.addEventListener('visibilitychange', onShow);
    return () => document.removeEventListener('visibilitychange', onShow);
  }, [again]);
  if (list !== undefined) {
    return { kind: 'here', list, ...(why === undefined ? {} : { staleWhy: why }), again };
  }
  return why === undefined ? { kind: 'asking' } : { kind: 'failed', why, again };
}
