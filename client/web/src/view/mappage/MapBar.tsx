// The bar over a map: home, its title, whether all is saved, who is here, sharing, and the rest.
import { type JSX, useState } from 'react';
import { Link } from 'react-aria-components';
import type { MapConnection } from '../../sync/connection';
import { exportMap } from '../../wire/api';
import type { Me } from '../../wire/types';
import { MapTitle } from '../map/MapEditor';
import { present } from '../present/begin';
import type { MapPart } from '../router';
import { fileTitle, saveText } from '../save-file';
import { useTheme } from '../ThemeMenu';
import {
  Button,
  CairnMark,
  DownloadIcon,
  IconButton,
  Menu,
  MenuItem,
  MenuLine,
  MonitorIcon,
  MoonIcon,
  MoreIcon,
  PencilIcon,
  PresentIcon,
  ShareIcon,
  SunIcon,
  toast,
} from '../ui';
import { explain } from '../words';
import { MapParts } from './MapParts';
import { OtherStates } from './OtherStates';
import { PeopleButton } from './People';
import { ProfileDialog } from './ProfileDialog';
import { Saved } from './Saved';
import { ShareDialog } from './ShareDialog';

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
  const [isSharing, setSharing] = useState(false);
  const [isRenaming, setRenaming] = useState(false);
  const [theme, setTheme] = useTheme();
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
      <Saved status={connection.status} />
      <MapParts map={connection.mapId} part={part} />
      <div className="map-bar__end">
        <IconButton
          label="Present"
          icon={PresentIcon}
          className="map-bar__present"
          onPress={() => present(connection.mapId)}
        />
        <PeopleButton connection={connection} me={me} onRename={() => setRenaming(true)} />
        <Button
          variant="primary"
          icon={ShareIcon}
          className="map-bar__share"
          onPress={() => setSharing(true)}
        >
          Share
        </Button>
        <Menu
          aria-label="More"
          trigger={<IconButton label="More" icon={MoreIcon} />}
          onAction={(action) => {
            if (action === 'present') present(connection.mapId);
            if (action === 'export') void saveFile(connection.mapId);
            if (action === 'rename') setRenaming(true);
            if (action === 'theme') setTheme(nextTheme(theme));
          }}
        >
          <MenuItem id="present" icon={PresentIcon}>
            Present
          </MenuItem>
          <MenuItem id="export" icon={DownloadIcon}>
            Export as JSON
          </MenuItem>
          <MenuItem id="rename" icon={PencilIcon}>
            Your name and colour…
          </MenuItem>
          <MenuLine />
          <MenuItem id="theme" icon={THEME_ICONS[nextTheme(theme)]}>
            {THEME_WORDS[nextTheme(theme)]}
          </MenuItem>
        </Menu>
      </div>
      <ShareDialog connection={connection} me={me} isOpen={isSharing} onOpenChange={setSharing} />
      <ProfileDialog
        connection={connection}
        me={me}
        isOpen={isRenaming}
        onOpenChange={setRenaming}
      />
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

async function saveFile(map: string): Promise<void> {
  const done = toast({ title: 'Preparing the file…' }, null);
  try {
    const text = await exportMap(map);
    const name = fileName(text, map);
    saveText(text, 'application/json', name);
    done();
    toast({ title: 'Exported', detail: name, tone: 'good' });
  } catch (error) {
    done();
    toast({ title: 'The map was not exported', detail: explain(error), tone: 'bad' });
  }
}

/** `renting-a-flat.cairn.json`, from the title; letters of all scripts stay. */
export function fileName(document: string, map: string): string {
  let title: unknown;
  try {
    title = (JSON.parse(document) as { title?: unknown }).title;
  } catch {
    title = undefined;
  }
  return `${fileTitle(typeof title === 'string' ? title : '', map)}.cairn.json`;
}
