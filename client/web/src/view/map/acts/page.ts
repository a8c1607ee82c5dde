// Acts for the page as a whole, and the keys of a text that is typed.
import { PARTS, TABS } from '../../mappage/MapParts';
import { saveMapFile } from '../../mappage/save-file';
import { present } from '../../present/begin';
import { mapPath, navigate } from '../../router';
import { setTheme } from '../../ThemeMenu';
import { openHealth, openMapField, showPersonas } from '../panel/opening';
import { reviewedUnchanged } from '../panel/reviewed';
import type { Act } from './act';
import { hasFeelings } from './looking';

export const TYPING: readonly Act[] = [
  {
    id: 'text.keep',
    group: 'While typing',
    name: 'Keep it; after a new card, start the next',
    chords: ['Enter'],
    at: 'text',
  },
  {
    id: 'text.line',
    group: 'While typing',
    name: 'A new line',
    chords: ['Shift+Enter'],
    at: 'text',
  },
  {
    id: 'text.leave',
    group: 'While typing',
    name: 'Keep it and stay on the card',
    chords: ['Tab'],
    at: 'text',
  },
  {
    id: 'text.back',
    group: 'While typing',
    name: 'Take back what was typed',
    chords: ['Escape'],
    at: 'text',
  },
];

export const PAGE: readonly Act[] = [
  ...TABS.map(
    (part): Act => ({
      id: `screen.${part}`,
      group: 'Screens',
      name: `Go to ${PARTS[part].label.toLowerCase()}`,
      also: 'screen open show',
      chords: [],
      at: 'page',
      can: (board) => location.pathname !== mapPath(board.connection.mapId, part),
      run: (board) => navigate(mapPath(board.connection.mapId, part)),
    }),
  ),
  {
    id: 'screen.versions',
    group: 'Screens',
    name: 'Go to versions',
    also: 'save restore history moment back',
    chords: [],
    at: 'page',
    run: (board) => navigate(mapPath(board.connection.mapId, 'versions')),
  },
  {
    id: 'screen.compare',
    group: 'Screens',
    name: 'Compare versions or maps',
    also: 'difference changed since review side by side',
    chords: [],
    at: 'page',
    run: (board) => navigate(mapPath(board.connection.mapId, 'compare')),
  },
  {
    id: 'screen.present',
    group: 'Screens',
    name: 'Present the map, stage by stage',
    also: 'full screen slides show',
    chords: [],
    at: 'page',
    run: (board) => present(board.connection.mapId),
  },
  {
    id: 'personas',
    group: 'Screens',
    name: 'Show the personas',
    also: 'whose journey quote goals',
    chords: [],
    at: 'grid',
    run: showPersonas,
  },
  {
    id: 'screen.home',
    group: 'Screens',
    name: 'Go to all maps',
    also: 'home leave',
    chords: [],
    at: 'page',
    run: () => navigate('/'),
  },
  {
    id: 'map.about',
    group: 'Screens',
    name: 'About this map',
    also: 'scope goal owner personas review panel details',
    chords: [],
    at: 'page',
    run: (board) => openMapField(board, 'scenario'),
  },
  {
    id: 'map.health',
    group: 'Screens',
    name: 'Health of this map',
    also: 'check findings problems advice quality review',
    chords: [],
    at: 'page',
    run: openHealth,
  },
  {
    id: 'feelings',
    group: 'Screens',
    name: 'How the room felt: results of emotion rounds',
    also: 'crowd median spread disagreement',
    chords: [],
    at: 'page',
    can: hasFeelings,
    run: (board) => board.dialog.set('feelings'),
  },
  {
    id: 'map.reviewed',
    group: 'Everywhere',
    name: 'Reviewed today, unchanged',
    also: 'review cadence due overdue',
    chords: [],
    at: 'page',
    edits: true,
    run: reviewedUnchanged,
  },
  {
    id: 'undo',
    group: 'Everywhere',
    name: 'Undo your last step',
    chords: ['Mod+Z'],
    at: 'page',
    edits: true,
    can: (board) => board.journey.steps.state.get().canUndo,
    run: (board) => board.undo(),
  },
  {
    id: 'redo',
    group: 'Everywhere',
    name: 'Redo it',
    chords: ['Mod+Shift+Z', 'Mod+Y'],
    at: 'page',
    edits: true,
    can: (board) => board.journey.steps.state.get().canRedo,
    run: (board) => board.redo(),
  },
  {
    id: 'palette',
    group: 'Everywhere',
    name: 'Find anything to do or to go to',
    chords: ['Mod+K'],
    at: 'page',
    inText: true,
    unlisted: true,
    run: (board) => board.dialog.set('palette'),
  },
  {
    id: 'sheet',
    group: 'Everywhere',
    name: 'All keys',
    also: 'keyboard shortcuts help',
    chords: ['?'],
    at: 'page',
    run: (board) => board.dialog.set('keys'),
  },
  {
    id: 'share',
    group: 'Everywhere',
    name: 'Invite people',
    also: 'share link',
    chords: [],
    at: 'page',
    run: (board) => board.dialog.set('share'),
  },
  {
    id: 'export',
    group: 'Everywhere',
    name: 'Export as JSON',
    also: 'download save file',
    chords: [],
    at: 'page',
    run: (board) => void saveMapFile(board.connection.mapId),
  },
  {
    id: 'profile',
    group: 'Everywhere',
    name: 'Your name and colour',
    also: 'profile me',
    chords: [],
    at: 'page',
    run: (board) => board.dialog.set('profile'),
  },
  ...(['light', 'dark', 'system'] as const).map(
    (theme): Act => ({
      id: `theme.${theme}`,
      group: 'Everywhere',
      name:
        theme === 'system'
          ? 'Theme like the system'
          : `${theme === 'light' ? 'Light' : 'Dark'} theme`,
      also: 'colours appearance mode',
      chords: [],
      at: 'page',
      run: () => setTheme(theme),
    }),
  ),
];
