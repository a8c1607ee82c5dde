// One map on screen: who this browser is in it, the connection, the bar above and the editor below.
// When the connection ends for good, this page says why and leaves or opens anew.
import { type JSX, useCallback, useEffect, useState } from 'react';
import { openJourney } from '../model/journey';
import { type Ended, type MapConnection, openMap } from '../sync/connection';
import { setPresence } from '../sync/presence';
import { whoAmI } from '../wire/api';
import { ApiError, saysNoSuchMap } from '../wire/problem';
import type { Me } from '../wire/types';
import { WithFacilitating } from './facilitate/FacilitatePanel';
import { later, loadParts } from './later';
import { MessagePage } from './MessagePage';
import { BoardProvider } from './map/BoardProvider';
import { MapEditor } from './map/MapEditor';
import { KeptWordsDialog } from './mappage/KeptWords';
import { LinkedCard } from './mappage/LinkedCard';
import { MapBar } from './mappage/MapBar';
import './mappage/map-page.css';
import { MapOutline, MapSkeleton } from './mappage/MapSkeleton';
import { Page } from './Page';
import { forgetMap, forgetMe, keepWords, keptWords, rememberedMe, rememberMe } from './remembered';
import { type MapPart, navigate } from './router';
import { Button, say } from './ui';
import { useStore } from './use-store';
import { whenIdle } from './when-idle';
import { explain, titleOf } from './words';
import { useMe } from './workshop/use-me';

type Entry =
  | { readonly at: 'asking' }
  /** `isDoubted`: the server says that there is no such map, and this browser was in it. The socket decides (DELETE-1). */
  | { readonly at: 'in'; readonly me: Me; readonly isDoubted?: true }
  | { readonly at: 'no-map' }
  | { readonly at: 'removed' }
  | { readonly at: 'deleted' }
  | { readonly at: 'failed'; readonly why: string };

export function MapPage({
  map,
  part,
}: {
  readonly map: string;
  readonly part: MapPart;
}): JSX.Element {
  const [entry, setEntry] = useState<Entry>({ at: 'asking' });
  /** Counts connections: a refused edit drops the copy, and the map is opened anew. */
  const [opening, setOpening] = useState(0);

  useEffect(() => {
    if (entry.at !== 'asking') return;
    let left = false;
    whoAmI(map).then(
      (me) => {
        if (left) return;
        rememberMe(me);
        setEntry({ at: 'in', me });
      },
      (error: unknown) => {
        if (left) return;
        if (error instanceof ApiError && error.kind === 'signed-out') {
          navigate(`/join/${map}`, 'replace');
          return;
        }
        setEntry(withoutAnswer(map, error));
      },
    );
    return () => {
      left = true;
    };
  }, [map, entry.at]);

  const onEnded = useCallback(
    (ended: Ended): void => {
      switch (ended.kind) {
        case 'removed':
          forgetMe(map);
          setEntry({ at: 'removed' });
          say('You are no longer in this map. A facilitator took you out of it.');
          return;
        case 'refused':
          if (ended.error.kind === 'signed-out') {
            forgetMe(map);
            navigate(`/join/${map}`, 'replace');
          } else setEntry(withoutAnswer(map, ended.error));
          return;
        case 'deleted':
          forgetMap(map);
          setEntry({ at: 'deleted' });
          say('This map was deleted.');
          return;
        case 'erased':
          say('Somebody was erased from this map. It was loaded anew.');
          keepMore(map, ended);
          setOpening((before) => before + 1);
          return;
        case 'rejected':
        case 'dropped':
          keepMore(map, ended);
          setOpening((before) => before + 1);
      }
    },
    [map],
  );

  switch (entry.at) {
    case 'asking':
      return <MapSkeleton />;
    case 'in':
      return (
        <OpenMap
          key={`${map}/${opening}`}
          map={map}
          part={part}
          me={entry.me}
          trustsCopy={entry.isDoubted !== true}
          onEnded={onEnded}
        />
      );
    case 'no-map':
      return (
        <MessagePage title="There is no such map">
          The address may be incomplete, or the map was deleted. Ask whoever sent it for a new link.
        </MessagePage>
      );
    case 'removed':
      return (
        <MessagePage title="You are no longer in this map">
          A facilitator took you out of it. If that was a mistake, ask for a new invite link.
        </MessagePage>
      );
    case 'deleted':
      return (
        <MessagePage
          title="This map was deleted"
          actions={
            <Button variant="primary" onPress={() => navigate('/')}>
              All maps
            </Button>
          }
        >
          It was deleted with its whole history. Nothing of it is left on the server.
        </MessagePage>
      );
    case 'failed':
      return (
        <MessagePage
          title="The map could not be opened"
          actions={
            <Button variant="primary" onPress={() => setEntry({ at: 'asking' })}>
              Try again
            </Button>
          }
        >
          {entry.why}
        </MessagePage>
      );
  }
}

/** Adds to what is kept: two tabs, or two refusals in a row, may both have words to give back. */
function keepMore(map: string, ended: Extract<Ended, { texts: readonly string[] }>): void {
  const before = keptWords(map);
  const texts = [...new Set([...(before?.texts ?? []), ...ended.texts])];
  if (ended.kind === 'rejected') keepWords(map, { why: ended.why, texts });
  else if (texts.length > 0) {
    const why =
      ended.kind === 'erased'
        ? 'Somebody was erased from this map while you were typing.'
        : 'An edit in another tab was not accepted.';
    keepWords(map, { why: before?.why ?? why, texts });
  }
}

/** A server that is away does not keep anyone from a map whose copy this browser holds. */
function withoutAnswer(map: string, error: unknown): Entry {
  if (error instanceof ApiError) {
    const me = rememberedMe(map);
    if (me !== null && saysNoSuchMap(error)) return { at: 'in', me, isDoubted: true };
    if (error.kind === 'not-found') return { at: 'no-map' };
    if (error.kind === 'unreachable' || error.kind === 'busy' || error.kind === 'broken') {
      if (me !== null) return { at: 'in', me };
    }
  }
  return { at: 'failed', why: explain(error) };
}

function OpenMap({
  map,
  part,
  me,
  trustsCopy,
  onEnded,
}: {
  readonly map: string;
  readonly part: MapPart;
  readonly me: Me;
  readonly trustsCopy: boolean;
  readonly onEnded: (ended: Ended) => void;
}): JSX.Element {
  const [connection, setConnection] = useState<MapConnection | null>(null);

  useEffect(() => {
    const opened = openMap(map, { trustsCopy });
    setConnection(opened);
    const stop = opened.ended.subscribe(() => {
      const ended = opened.ended.get();
      if (ended !== null) onEnded(ended);
    });
    return () => {
      stop();
      opened.close();
      setConnection(null);
    };
  }, [map, trustsCopy, onEnded]);

  return connection === null ? (
    <MapSkeleton />
  ) : (
    <ShownMap connection={connection} part={part} me={me} />
  );
}

function ShownMap({
  connection,
  part,
  me: meAtOpening,
}: {
  readonly connection: MapConnection;
  readonly part: MapPart;
  readonly me: Me;
}): JSX.Element {
  const [isLoaded, setLoaded] = useState(false);
  const me = useMe(connection, meAtOpening);
  const { title } = useStore(openJourney(connection.doc).meta);
  const { participant, name, color } = me;

  // Without a name a place on the map is nobody's: everything else in presence hangs on this.
  useEffect(() => {
    setPresence(connection, { user: { id: participant, name, color } });
  }, [connection, participant, name, color]);

  useEffect(() => {
    let left = false;
    void connection.whenLoaded.then(() => {
      if (!left) setLoaded(true);
    });
    return () => {
      left = true;
    };
  }, [connection]);

  useLaterParts(isLoaded);

  return (
    <BoardProvider connection={connection} me={me}>
      <div className="map-page">
        {part === 'present' ? null : (
          <MapBar connection={connection} part={part} me={me} isLoaded={isLoaded} />
        )}
        {isLoaded ? <Workshop part={part} /> : null}
        {isLoaded ? <Company me={me} part={part} /> : null}
        <WithFacilitating me={me} part={part}>
          {(isCovered) => (
            <Page
              key={part}
              title={isLoaded ? titleOf(title) : 'Map'}
              className="map-page__main"
              isCovered={isCovered}
            >
              {isLoaded ? <Part part={part} /> : <MapOutline />}
            </Page>
          )}
        </WithFacilitating>
        {isLoaded ? <LinkedCard /> : null}
        <KeptWordsDialog map={connection.mapId} />
      </div>
    </BoardProvider>
  );
}

/** Once the map is shown, what it does not begin with: all of it opens later without a connection, too. */
function useLaterParts(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return undefined;
    let left = false;
    const load = (): void => {
      loadParts().catch(() => {
        if (!left) addEventListener('online', load, { once: true });
      });
    };
    const stop = whenIdle(load);
    return () => {
      left = true;
      stop();
      removeEventListener('online', load);
    };
  }, [isShown]);
}

const Workshop = later(async () => (await import('./workshop/Workshop')).default);
const Company = later(async () => (await import('./people/Company')).Company);
const OpportunitiesScreen = later(
  async () => (await import('./opportunities/OpportunitiesScreen')).OpportunitiesScreen,
  MapOutline,
);
const ReportScreen = later(
  async () => (await import('./report/ReportScreen')).ReportScreen,
  MapOutline,
);
const PresentScreen = later(
  async () => (await import('./present/PresentScreen')).PresentScreen,
  MapOutline,
);
const VersionsScreen = later(
  async () => (await import('./versions/VersionsScreen')).VersionsScreen,
  MapOutline,
);
const CompareScreen = later(
  async () => (await import('./compare/CompareScreen')).CompareScreen,
  MapOutline,
);

function Part({ part }: { readonly part: MapPart }): JSX.Element {
  switch (part) {
    case 'grid':
      return <MapEditor />;
    case 'opportunities':
      return <OpportunitiesScreen />;
    case 'report':
      return <ReportScreen />;
    case 'present':
      return <PresentScreen />;
    case 'versions':
      return <VersionsScreen />;
    case 'compare':
      return <CompareScreen />;
  }
}
