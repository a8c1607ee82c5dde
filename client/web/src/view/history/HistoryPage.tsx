// How a map came to be, played: asks who this is and what there is to play, and says so while it comes and when it does not.
import { type JSX, useCallback, useEffect, useState } from 'react';
import { whoAmI } from '../../wire/api';
import type { HistoryReport } from '../../wire/history';
import { ApiError, saysNoSuchMap } from '../../wire/problem';
import type { Me } from '../../wire/types';
import { MessagePage } from '../MessagePage';
import { MapOutline } from '../mappage/MapSkeleton';
import { Page } from '../Page';
import { rememberedMe } from '../remembered';
import { historyPath, mapPath, navigate } from '../router';
import { TopBar } from '../TopBar';
import { Button } from '../ui';
import { explain } from '../words';
import { momentIn, NoSuchMoment, type OpenHistory, openHistory } from './open';
import { ReplayScreen, type Rest } from './ReplayScreen';
import './history.css';
import './beside.css';
import './line.css';

type Opened =
  | { readonly at: 'asking' }
  | ({ readonly at: 'here'; readonly me: Me } & OpenHistory)
  | { readonly at: 'empty' }
  | { readonly at: 'no-map' }
  | { readonly at: 'failed'; readonly why: string; readonly isGone: boolean };

export function HistoryPage({ map }: { readonly map: string }): JSX.Element {
  const [opened, setOpened] = useState<Opened>({ at: 'asking' });
  const open = useCallback(async (): Promise<Opened | null> => {
    try {
      const asked = momentIn(location.search);
      const [me, history] = await Promise.all([whoAmI(map), openHistory(map, asked)]);
      const { trouble } = history.player.state.get();
      if (trouble !== undefined) throw trouble;
      if (history.history.sessions.length === 0) return { at: 'empty' };
      return { at: 'here', me, ...history };
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'signed-out') {
        navigate(`/join/${map}`, 'replace');
        return null;
      }
      if (saysNoSuchMap(error) && rememberedMe(map) !== null) {
        // What this browser still has of it is let go of there.
        navigate(mapPath(map), 'replace');
        return null;
      }
      if (error instanceof ApiError && error.kind === 'not-found') return { at: 'no-map' };
      const isGone = error instanceof NoSuchMoment;
      return { at: 'failed', why: isGone ? error.message : explain(error), isGone };
    }
  }, [map]);
  useEffect(() => {
    if (opened.at !== 'asking') return undefined;
    let left = false;
    void open().then((now) => {
      if (!left && now !== null) setOpened(now);
    });
    return () => {
      left = true;
    };
  }, [open, opened.at]);

  const back = <Button onPress={() => navigate(mapPath(map))}>Go to the map</Button>;
  switch (opened.at) {
    case 'asking':
      return (
        <div className="h-page">
          <TopBar />
          <Page title="History" className="h-page__main">
            <p className="h-coming" role="status">
              <span className="h-coming__mark" aria-hidden="true" />
              Reading how this map came to be…
            </p>
            <MapOutline />
          </Page>
        </div>
      );
    case 'here':
      return <WholeReplay map={map} {...opened} />;
    case 'empty':
      return (
        <MessagePage title="Nothing has happened here yet" actions={back}>
          Once people write in this map, you can play here how it came to be.
        </MessagePage>
      );
    case 'no-map':
      return (
        <MessagePage title="There is no such map">
          The address may be incomplete, or the map was deleted. Ask whoever sent it for a new link.
        </MessagePage>
      );
    case 'failed':
      return (
        <MessagePage
          title={opened.isGone ? 'There is no such moment' : 'The history could not be opened'}
          actions={
            <>
              <Button
                variant="primary"
                onPress={() => {
                  if (opened.isGone) navigate(historyPath(map), 'replace');
                  setOpened({ at: 'asking' });
                }}
              >
                {opened.isGone ? 'Play from the beginning' : 'Try again'}
              </Button>
              {back}
            </>
          }
        >
          {opened.why}
        </MessagePage>
      );
  }
}

/** Plays what is here, and knows all of it once that was read. */
function WholeReplay({
  map,
  me,
  history,
  whole,
  askAgain,
  player,
}: OpenHistory & { readonly map: string; readonly me: Me }): JSX.Element {
  const [asked, setAsked] = useState(whole);
  const [known, setKnown] = useState<HistoryReport | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    asked.then(
      (all) => {
        if (!left) setKnown(all);
      },
      (error: unknown) => {
        if (!left) setTrouble(explain(error));
      },
    );
    return () => {
      left = true;
    };
  }, [asked]);
  const again = (): void => {
    setTrouble(null);
    setAsked(askAgain());
  };
  return (
    <ReplayScreen
      {...{ map, me, player }}
      history={known ?? history}
      rest={known === null ? restOf(trouble, again) : null}
    />
  );
}

function restOf(trouble: string | null, again: () => void): Rest {
  if (trouble === null) return { says: 'Reading the rest of it…' };
  return { says: `Its moments and who did what could not be loaded. ${trouble}`, again };
}
