// Says that the map goes by itself, for as long as that is so (KEEP-2).
import { type JSX, useEffect, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import { onRecorded } from '../../sync/recorded';
import { whoAmI } from '../../wire/api';
import { Badge, TrashIcon } from '../ui';
import { goes } from '../words';

/** Whoever types changes much at a time, and others' edits are here before they are on disk: asked once for all of it. */
const ASK_AFTER = 2000;

export function Going({
  connection,
  deletedOn: atOpening,
}: {
  readonly connection: MapConnection;
  readonly deletedOn: string | undefined;
}): JSX.Element | null {
  const [deletedOn, setDeletedOn] = useState(atOpening);
  useEffect(() => {
    if (deletedOn === undefined) return undefined;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      timer = undefined;
      whoAmI(connection.mapId).then(
        (me) => {
          if (!left) setDeletedOn(me.deletedOn);
        },
        // Asked again at the next change.
        () => undefined,
      );
    };
    const stop = onRecorded(connection, () => {
      timer ??= setTimeout(ask, ASK_AFTER);
    });
    return () => {
      left = true;
      clearTimeout(timer);
      stop();
    };
  }, [connection, deletedOn]);
  const words = goes(deletedOn, new Date());
  return words === null ? null : (
    <Badge tone="warn" icon={TrashIcon}>
      {words}
    </Badge>
  );
}
