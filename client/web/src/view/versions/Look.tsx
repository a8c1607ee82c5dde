// A look at the map as it was: the whole editor over a document of then, that nobody can change.
import { type JSX, useEffect, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import { openMoment } from '../../sync/moment';
import { laterDialog } from '../later';
import { BoardProvider } from '../map/BoardProvider';
import { MapEditor } from '../map/MapEditor';
import { useBoard } from '../map/use';
import { MapOutline } from '../mappage/MapSkeleton';
import { mapPath, navigate } from '../router';
import { ArrowLeftIcon, Button, CompareIcon, DownloadIcon, HistoryIcon, UndoIcon } from '../ui';
import { explain } from '../words';

const ExportDialog = laterDialog(
  async () => (await import('../mappage/ExportDialog')).ExportDialog,
);

export function Look({
  seq,
  name,
  mayRestore,
  onRestore,
}: {
  readonly seq: number;
  readonly name: string;
  readonly mayRestore: boolean;
  readonly onRestore: () => void;
}): JSX.Element {
  const { connection, me } = useBoard();
  const { mapId } = connection;
  const [then, setThen] = useState<MapConnection>();
  const [why, setWhy] = useState<string>();
  const [isExporting, setExporting] = useState(false);
  useEffect(() => {
    let opened: MapConnection | undefined;
    let left = false;
    openMoment(mapId, seq).then(
      (moment) => {
        opened = moment;
        if (left) moment.close();
        else setThen(moment);
      },
      (error: unknown) => {
        if (!left) setWhy(explain(error));
      },
    );
    return () => {
      left = true;
      opened?.close();
    };
  }, [mapId, seq]);
  return (
    <div className="ver-look">
      <div className="ver-look__bar" role="toolbar" aria-label="A look at a version">
        <Button
          size="s"
          variant="ghost"
          icon={ArrowLeftIcon}
          autoFocus
          onPress={() => navigate(mapPath(mapId, 'versions'))}
        >
          Versions
        </Button>
        <p className="ver-look__what">
          <HistoryIcon size={16} />
          <span>
            The map as it was at <b>{name}</b>, to look at only
          </span>
        </p>
        <Button
          size="s"
          icon={CompareIcon}
          onPress={() => navigate(`${mapPath(mapId, 'compare')}?from=${seq}`)}
        >
          Compare with now
        </Button>
        <Button size="s" icon={DownloadIcon} onPress={() => setExporting(true)}>
          Export…
        </Button>
        {mayRestore ? (
          <Button size="s" icon={UndoIcon} onPress={onRestore}>
            Restore…
          </Button>
        ) : null}
      </div>
      <ExportDialog
        map={mapId}
        moment={{ seq, name }}
        isOpen={isExporting}
        onOpenChange={setExporting}
      />
      {why !== undefined ? (
        <p className="ver-failed" role="alert">
          This moment could not be fetched. {why}
        </p>
      ) : then === undefined ? (
        <MapOutline />
      ) : (
        // What is pressed in here is meant for what was: the keys of the map of now must not hear it.
        // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps keys from going further.
        <div className="ver-look__map" onKeyDown={(event) => event.stopPropagation()}>
          <BoardProvider connection={then} me={{ ...me, role: 'observer' }}>
            <MapEditor />
          </BoardProvider>
        </div>
      )}
    </div>
  );
}
