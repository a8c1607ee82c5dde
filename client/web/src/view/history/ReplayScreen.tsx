// The replay of a map: the map as it was, the line of its time, and beside it the moments and who did what.
import { type JSX, useEffect, useMemo, useState } from 'react';
import { Link, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { axisOf } from '../../model/history/axis';
import type { Player } from '../../model/history/player';
import type { HistoryReport } from '../../wire/history';
import type { Me } from '../../wire/types';
import { laterDialog } from '../later';
import { usePart } from '../map/use';
import type { ExportedMoment } from '../mappage/ExportDialog';
import { Page } from '../Page';
import { historyPath, mapPath } from '../router';
import { ThemeMenu } from '../ThemeMenu';
import {
  ArrowLeftIcon,
  Button,
  CloseIcon,
  DownloadIcon,
  IconButton,
  LinkIcon,
  ListIcon,
} from '../ui';
import { useMedia } from '../use-media';
import { dayAndTime, explain, titleOf } from '../words';
import { actsOf } from './acts';
import { Filters } from './Filters';
import { Moments } from './Moments';
import { ReplayMap } from './ReplayMap';
import { Shares } from './Shares';
import { ThenBar } from './ThenBar';
import { Timeline } from './Timeline';
import { Transport } from './Transport';
import { useClock } from './use-clock';

const ExportDialog = laterDialog(
  async () => (await import('../mappage/ExportDialog')).ExportDialog,
);

/** What is to be said of it, and where it did not come the way to ask for it again. */
export interface Rest {
  readonly says: string;
  readonly again?: () => void;
}

export interface ReplayProps {
  readonly map: string;
  readonly me: Me;
  readonly history: HistoryReport;
  readonly player: Player;
  /** Of the part that is not known yet; null when all of it is. */
  readonly rest: Rest | null;
}

export function ReplayScreen({ map, me, history, player, rest }: ReplayProps): JSX.Element {
  const axis = useMemo(() => axisOf(history), [history]);
  const acts = useMemo(() => actsOf(map, history, player), [map, history, player]);
  const title = usePart(player.replay.journey.meta, (meta) => titleOf(meta.title));
  const isNarrow = useMedia('(max-width: 900px)');
  const [isOpen, setOpen] = useState(!isNarrow);
  useClock(player);
  useAddress(map, player);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTaken(event)) return;
      if (acts.key(event)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [acts]);
  const panel = (
    <Beside {...{ map, me, history, player, axis, acts }} onClose={() => setOpen(false)} />
  );
  return (
    <div className="h-page">
      <header className="map-bar h-bar">
        <Link href={mapPath(map)} className="h-bar__back" aria-label="Back to the map">
          <ArrowLeftIcon />
        </Link>
        <h1 className="h-bar__title">
          <span>History</span> {title}
        </h1>
        <div className="map-bar__end">
          <Button icon={LinkIcon} className="h-bar__share" onPress={() => void acts.share()}>
            Link to this moment
          </Button>
          <ExportMoment map={map} player={player} />
          {isOpen ? null : (
            <IconButton label="Moments and people" icon={ListIcon} onPress={() => setOpen(true)} />
          )}
          <ThemeMenu />
        </div>
      </header>
      <Page title={`History of ${title}`} className="h-page__main">
        <div className="h-stage">
          <div className="h-stage__map">
            <ThenBar player={player} />
            <ReplayMap {...{ map, me, history, player }} />
          </div>
          {isOpen ? panel : null}
        </div>
        <Trouble player={player} />
        {rest?.again === undefined ? null : <Notice says={rest.says} again={rest.again} />}
        <footer className="h-foot">
          <Timeline history={history} axis={axis} player={player} rest={rest} />
          <div className="h-foot__row">
            <Transport history={history} player={player} acts={acts} />
            <Filters history={history} player={player} />
          </div>
        </footer>
      </Page>
    </div>
  );
}

function Beside({
  me,
  history,
  player,
  axis,
  acts,
  onClose,
}: Omit<ReplayProps, 'rest'> & {
  readonly axis: ReturnType<typeof axisOf>;
  readonly acts: ReturnType<typeof actsOf>;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <aside className="h-beside" aria-label="Moments and people">
      <Tabs className="h-tabs">
        <div className="h-tabs__head">
          <TabList aria-label="Moments and people" className="h-tabs__list">
            <Tab id="moments" className="h-tabs__tab">
              Moments
            </Tab>
            <Tab id="people" className="h-tabs__tab">
              Who did what
            </Tab>
          </TabList>
          <IconButton label="Close" icon={CloseIcon} size="s" onPress={onClose} />
        </div>
        <TabPanel id="moments" className="h-tabs__panel">
          <Moments history={history} player={player} acts={acts} />
        </TabPanel>
        <TabPanel id="people" className="h-tabs__panel">
          <Shares history={history} axis={axis} player={player} me={me} />
        </TabPanel>
      </Tabs>
    </aside>
  );
}

/** Takes away the map as it is shown: playing stops, so that the moment is the one that was pressed at. */
function ExportMoment({ map, player }: Pick<ReplayProps, 'map' | 'player'>): JSX.Element {
  const [moment, setMoment] = useState<ExportedMoment>();
  const [isOpen, setOpen] = useState(false);
  const begin = (): void => {
    player.pause();
    const name = dayAndTime(player.state.get().time);
    setMoment({ seq: player.replay.seq.get(), name });
    setOpen(true);
  };
  return (
    <>
      <IconButton label="Export this moment…" icon={DownloadIcon} onPress={begin} />
      <ExportDialog
        map={map}
        {...(moment === undefined ? {} : { moment })}
        isOpen={isOpen}
        onOpenChange={setOpen}
      />
    </>
  );
}

function Trouble({ player }: { readonly player: Player }): JSX.Element | null {
  const trouble = usePart(player.state, (state) => state.trouble);
  if (trouble === undefined) return null;
  return (
    <Notice
      says={`This moment could not be loaded. ${explain(trouble)}`}
      again={() => void player.tryAgain()}
    />
  );
}

function Notice({
  says,
  again,
}: {
  readonly says: string;
  readonly again: () => void;
}): JSX.Element {
  return (
    <div className="h-trouble" role="alert">
      <span>{says}</span>
      <Button size="s" onPress={again}>
        Try again
      </Button>
    </div>
  );
}

/** The address is that of the moment one rests at, so that a reload, or the address sent to somebody, shows the same. */
function useAddress(map: string, player: Player): void {
  useEffect(() => {
    const { seq } = player.replay;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = (): void => {
      clearTimeout(timer);
      if (player.state.get().isPlaying) return;
      timer = setTimeout(() => history.replaceState(null, '', historyPath(map, seq.get())), 200);
    };
    const stops = [seq.subscribe(note), player.state.subscribe(note)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [map, player]);
}

/** What has the focus takes the key for itself. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  if (target.closest('[role="dialog"], [role="menu"], textarea, select') !== null) return true;
  if (event.key !== ' ') return false;
  return target.closest('button, a, input, [role="tab"]') !== null;
}
