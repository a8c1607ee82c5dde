// The bar over a map: home, its title, whether all is saved, who is here, sharing, and the rest.
import { type JSX, useEffect, useState } from 'react';
import { Link } from 'react-aria-components';
import { openJourney } from '../../model/journey';
import type { MapConnection } from '../../sync/connection';
import type { Me } from '../../wire/types';
import { DeleteMapDialog } from '../DeleteMapDialog';
import { FacilitateButton } from '../facilitate/FacilitateButton';
import { laterDialog } from '../later';
import { MapTitle } from '../map/MapEditor';
import { openMapField } from '../map/panel/opening';
import { useBoard, useStore } from '../map/use';
import { isHost, refreshMaps } from '../maps';
import { openParking } from '../people/asking';
import { present } from '../present/begin';
import { historyPath, type MapPart, mapPath, navigate } from '../router';
import { setTheme, useTheme } from '../ThemeMenu';
import {
  Badge,
  Button,
  CairnMark,
  CalendarIcon,
  CompareIcon,
  DownloadIcon,
  FlagIcon,
  HistoryIcon,
  IconButton,
  LockIcon,
  Menu,
  MenuItem,
  MenuLine,
  MonitorIcon,
  MoonIcon,
  MoreIcon,
  ParkIcon,
  PencilIcon,
  PresentIcon,
  PrintIcon,
  ShareIcon,
  SunIcon,
  TrashIcon,
} from '../ui';
import { Going } from './Going';
import { MapParts } from './MapParts';
import { OtherStates } from './OtherStates';
import { PeopleButton } from './People';
import { ReviewDue, useReview } from './ReviewDue';
import { Saved } from './Saved';

const ShareDialog = laterDialog(async () => (await import('./ShareDialog')).ShareDialog);
const ExportDialog = laterDialog(async () => (await import('./ExportDialog')).ExportDialog);
const ProfileDialog = laterDialog(async () => (await import('./ProfileDialog')).ProfileDialog);

export function MapBar({
  connection,
  part,
  me,
  isLoaded,
}: {
  readonly connection: MapConnection;
  readonly part: MapPart;
  readonly me: Me;
  readonly isLoaded: boolean;
}): JSX.Element {
  const board = useBoard();
  const dialog = useStore(board.dialog);
  const setSharing = (on: boolean): void => board.dialog.set(on ? 'share' : null);
  const setExporting = (on: boolean): void => board.dialog.set(on ? 'export' : null);
  const setRenaming = (on: boolean): void => board.dialog.set(on ? 'profile' : null);
  const theme = useTheme();
  const mayDelete = useStore(isHost) && !me.archive;
  const [isDeleting, setDeleting] = useState(false);
  const { title } = useStore(openJourney(connection.doc).meta);
  const planned = useReview();
  // Nobody reviews what is only kept.
  const review = me.archive ? null : planned;
  // Whether whoever facilitates is the host is known of no socket.
  useEffect(() => {
    if (me.role === 'facilitator') refreshMaps();
  }, [me.role]);
  return (
    <header className="map-bar">
      <Link href="/" className="map-bar__home" aria-label="All maps">
        <CairnMark size={26} />
      </Link>
      <div className="map-bar__title">
        {isLoaded ? (
          <MapTitle connection={connection} me={me} />
        ) : (
          <span className="map-skeleton__line" />
        )}
      </div>
      {isLoaded ? <OtherStates connection={connection} /> : null}
      {me.archive ? null : <Saved status={connection.status} />}
      {review === null ? null : <ReviewDue review={review} />}
      <MapParts map={connection.mapId} part={part} />
      <div className="map-bar__end">
        <IconButton
          label="Present"
          icon={PresentIcon}
          className="map-bar__present"
          onPress={() => present(connection.mapId)}
        />
        {me.archive ? (
          <Badge icon={LockIcon}>
            <span>
              Archive<span className="map-bar__more">, to be read</span>
            </span>
          </Badge>
        ) : (
          <>
            <Going connection={connection} deletedOn={me.deletedOn} />
            <FacilitateButton me={me} part={part} />
            <PeopleButton connection={connection} me={me} />
            <Button
              variant="primary"
              icon={ShareIcon}
              className="map-bar__share"
              onPress={() => setSharing(true)}
            >
              Share
            </Button>
          </>
        )}
        <Menu
          aria-label="More"
          trigger={
            <IconButton
              label="More"
              icon={MoreIcon}
              {...(review?.isPressing ? { className: 'map-bar__menu--pressing' } : {})}
            />
          }
          onAction={(action) => {
            if (action === 'review') openMapField(board, 'review');
            if (action === 'present') present(connection.mapId);
            if (action === 'history') navigate(historyPath(connection.mapId));
            // Once the menu is gone: the browser's dialog stops the page where it is.
            if (action === 'print') setTimeout(() => window.print());
            if (action === 'export') setExporting(true);
            if (action === 'versions') navigate(mapPath(connection.mapId, 'versions'));
            if (action === 'compare') navigate(mapPath(connection.mapId, 'compare'));
            if (action === 'rename') setRenaming(true);
            if (action === 'parking') openParking(board);
            if (action === 'theme') setTheme(nextTheme(theme));
            if (action === 'delete') setDeleting(true);
          }}
        >
          {review === null ? null : (
            <MenuItem id="review" icon={CalendarIcon}>
              {review.words}
            </MenuItem>
          )}
          {review === null ? null : <MenuLine />}
          <MenuItem id="present" icon={PresentIcon}>
            Present
          </MenuItem>
          <MenuItem id="history" icon={HistoryIcon}>
            History
          </MenuItem>
          <MenuItem id="parking" icon={ParkIcon}>
            Parking lot
          </MenuItem>
          <MenuItem id="versions" icon={FlagIcon}>
            Versions
          </MenuItem>
          <MenuItem id="compare" icon={CompareIcon}>
            Compare
          </MenuItem>
          <MenuItem id="export" icon={DownloadIcon}>
            Export…
          </MenuItem>
          <MenuItem id="print" icon={PrintIcon}>
            Print…
          </MenuItem>
          {me.archive ? null : (
            <MenuItem id="rename" icon={PencilIcon}>
              Your name and colour…
            </MenuItem>
          )}
          <MenuLine />
          <MenuItem id="theme" icon={THEME_ICONS[nextTheme(theme)]}>
            {THEME_WORDS[nextTheme(theme)]}
          </MenuItem>
          {mayDelete ? <MenuLine /> : null}
          {mayDelete ? (
            <MenuItem id="delete" icon={TrashIcon} danger>
              Delete this map…
            </MenuItem>
          ) : null}
        </Menu>
      </div>
      <ShareDialog
        connection={connection}
        me={me}
        isOpen={dialog === 'share'}
        onOpenChange={setSharing}
      />
      <ExportDialog
        map={connection.mapId}
        isOpen={dialog === 'export'}
        onOpenChange={setExporting}
      />
      <ProfileDialog
        connection={connection}
        me={me}
        isOpen={dialog === 'profile'}
        onOpenChange={setRenaming}
      />
      {isDeleting ? (
        <DeleteMapDialog
          map={connection.mapId}
          title={title}
          onDeleted={() => navigate('/')}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </header>
  );
}

const THEME_ICONS = { system: MonitorIcon, light: SunIcon, dark: MoonIcon } as const;
const THEME_WORDS = {
  system: 'Theme like the system',
  light: 'Light theme',
  dark: 'Dark theme',
} as const;

function nextTheme(theme: 'system' | 'light' | 'dark'): 'system' | 'light' | 'dark' {
  switch (theme) {
    case 'system':
      return matchMedia('(prefers-color-scheme: dark)').matches ? 'light' : 'dark';
    case 'light':
      return matchMedia('(prefers-color-scheme: light)').matches ? 'dark' : 'system';
    case 'dark':
      return matchMedia('(prefers-color-scheme: dark)').matches ? 'light' : 'system';
  }
}
