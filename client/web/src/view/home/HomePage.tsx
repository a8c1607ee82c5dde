// The maps this person may open, and the ways to a new one.
import { type JSX, useCallback, useEffect, useState } from 'react';
import { listMaps } from '../../wire/api';
import type { MapEntry } from '../../wire/types';
import { Page } from '../Page';
import { TopBar } from '../TopBar';
import { Button, EmptyState, PlusIcon, UploadIcon } from '../ui';
import { explain } from '../words';
import { FirstVisit } from './FirstVisit';
import { useFileDrop } from './file-drop';
import './home.css';
import { HostKeyForm } from './HostKey';
import { ImportProgress } from './ImportProgress';
import { MapList, MapListSkeleton } from './MapList';
import { NewMapDialog } from './NewMapDialog';
import { pickFile, useStarts } from './starts';

type Maps =
  | { readonly state: 'loading' }
  | {
      readonly state: 'listed';
      readonly maps: readonly MapEntry[];
      readonly mayCreate: boolean;
      readonly isArchive: boolean;
    }
  | { readonly state: 'failed'; readonly why: string };

export function HomePage(): JSX.Element {
  const [maps, setMaps] = useState<Maps>({ state: 'loading' });
  const [isMaking, setMaking] = useState(false);
  const load = useCallback(async (): Promise<void> => {
    try {
      setMaps({ state: 'listed', ...(await listMaps()) });
    } catch (error) {
      setMaps({ state: 'failed', why: explain(error) });
    }
  }, []);
  useEffect(() => {
    void load();
  }, [load]);
  const starts = useStarts(load);
  const isDropping = useFileDrop(starts.importFile);

  const startActions = (
    <>
      <Button
        icon={UploadIcon}
        isPending={starts.busy === 'import'}
        onPress={() => pickFile(starts.importFile)}
      >
        Import
      </Button>
      <Button variant="primary" icon={PlusIcon} onPress={() => setMaking(true)}>
        New map
      </Button>
    </>
  );

  return (
    <>
      <TopBar />
      <Page title="" className="home">
        {maps.state === 'listed' && maps.mayCreate && maps.maps.length === 0 ? (
          <FirstVisit starts={starts} onNew={() => setMaking(true)} />
        ) : (
          <>
            <div className="home__head">
              <h1>Maps</h1>
              {maps.state === 'listed' && maps.mayCreate ? (
                <div className="home__actions">{startActions}</div>
              ) : null}
            </div>
            {starts.problem}
            <ImportProgress share={starts.sent} />
            {maps.state === 'loading' ? <MapListSkeleton /> : null}
            {maps.state === 'listed' && maps.maps.length > 0 ? (
              <MapList
                maps={maps.maps}
                starts={maps.mayCreate ? starts : null}
                onDeleted={() => void load()}
              />
            ) : null}
            {maps.state === 'listed' && maps.isArchive ? (
              <div className="home__locked">
                <h2>This is an archive</h2>
                <p>
                  It can be read, and nothing in it changes. To go on with the map, export it and
                  import it into a server.
                </p>
              </div>
            ) : null}
            {maps.state === 'listed' && !maps.mayCreate && !maps.isArchive ? (
              <div className="home__locked">
                <h2>Sign in as host</h2>
                <p>
                  To make maps, this server asks for its host key. Were you invited to a workshop?
                  Open the link you were given: it needs no key.
                </p>
                <HostKeyForm onGiven={load} />
              </div>
            ) : null}
            {maps.state === 'failed' ? (
              <EmptyState
                title="Your maps could not be loaded"
                actions={
                  <Button
                    variant="primary"
                    onPress={() => {
                      setMaps({ state: 'loading' });
                      void load();
                    }}
                  >
                    Try again
                  </Button>
                }
              >
                {maps.why}
              </EmptyState>
            ) : null}
          </>
        )}
      </Page>
      {isDropping ? (
        <div className="home-drop" aria-hidden="true">
          <UploadIcon size={28} />
          Drop the file to import it
        </div>
      ) : null}
      <NewMapDialog isOpen={isMaking} onOpenChange={setMaking} starts={starts} />
      {starts.dialogs}
    </>
  );
}
