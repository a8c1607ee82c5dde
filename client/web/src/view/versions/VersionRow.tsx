// One version in the list: what it is called, when and by whom, and what can be done with it.
import type { JSX } from 'react';
import { causeWords, versionLabel } from '../../model/moments';
import type { VersionReport } from '../../wire/versions';
import {
  Badge,
  Button,
  CompareIcon,
  EyeIcon,
  IconButton,
  Menu,
  MenuItem,
  MoreIcon,
  PencilIcon,
  TrashIcon,
  UndoIcon,
} from '../ui';
import { dayAndTime } from '../words';

export type VersionAct = 'look' | 'compare' | 'restore' | 'rename' | 'drop';

export function VersionRow({
  version,
  mayChange,
  onAct,
}: {
  readonly version: VersionReport;
  readonly mayChange: boolean;
  readonly onAct: (act: VersionAct) => void;
}): JSX.Element {
  const label = versionLabel(version);
  const cause = causeWords(version);
  const by = version.by === undefined ? '' : ` · ${version.by.name}`;
  return (
    <li className="ver-row" data-version={version.id}>
      <div className="ver-row__words">
        <h3 className="ver-row__name">
          {label}
          {version.name === undefined ? <Badge>automatic</Badge> : null}
        </h3>
        <p className="ver-row__when">
          {dayAndTime(version.at)}
          {by}
          {cause === undefined ? '' : ` · ${cause}`}
        </p>
      </div>
      <div className="ver-row__acts">
        <Button
          size="s"
          icon={EyeIcon}
          aria-label={`Look at ${label}`}
          onPress={() => onAct('look')}
        >
          Look
        </Button>
        <Button
          size="s"
          icon={CompareIcon}
          aria-label={`Compare ${label} with now`}
          onPress={() => onAct('compare')}
        >
          Compare
        </Button>
        {mayChange ? (
          <Menu
            aria-label={`More for ${label}`}
            trigger={<IconButton size="s" label={`More for ${label}`} icon={MoreIcon} />}
            onAction={(act) => onAct(act as VersionAct)}
          >
            <MenuItem id="restore" icon={UndoIcon}>
              Restore…
            </MenuItem>
            <MenuItem id="rename" icon={PencilIcon}>
              {version.name === undefined ? 'Give it a name…' : 'Rename…'}
            </MenuItem>
            <MenuItem id="drop" icon={TrashIcon}>
              Take off the list
            </MenuItem>
          </Menu>
        ) : null}
      </div>
    </li>
  );
}
