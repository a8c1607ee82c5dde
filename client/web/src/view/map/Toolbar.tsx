// What can be done with the map as a whole: add, undo and redo, how it is looked at, lanes out of sight, its own details.
// One Tab stop; the arrow keys go along it. On narrow screens the words of most buttons are for assistive technology only.
import type { JSX } from 'react';
import { Toolbar as AriaToolbar } from 'react-aria-components';
import { setHidden } from '../../model/structure';
import {
  BoltIcon,
  Button,
  EyeOffIcon,
  IconButton,
  InfoIcon,
  Menu,
  MenuItem,
  PlusIcon,
  RedoIcon,
  SearchIcon,
  UndoIcon,
} from '../ui';
import { keyOf } from './acts';
import { HealthButton } from './health/HealthButton';
import { LaneKindMenu } from './LaneKindMenu';
import { openFind } from './looking/acts';
import { FilterButton } from './looking/FilterButton';
import { ViewMenu, ZoomButtons } from './looking/ViewMenu';
import { KeyboardMark } from './marks';
import { togglePanel } from './panel/opening';
import { ReadOnlyNote } from './ReadOnlyNote';
import { newLane } from './structureActs';
import { useBoard, usePart, useStore } from './use';

export function Toolbar(): JSX.Element {
  const board = useBoard();
  const panel = useStore(board.panel);
  const scenario = usePart(board.journey.meta, (meta) => meta.scenario);
  return (
    <AriaToolbar aria-label="Map" className="m-toolbar">
      {board.readOnly ? <ReadOnlyNote /> : <Editing />}
      <span className="m-toolbar__line" />
      <FilterButton />
      <ViewMenu />
      <Button
        icon={SearchIcon}
        size="s"
        variant="ghost"
        className="m-toolbar__word"
        onPress={() => openFind(board)}
      >
        Find
      </Button>
      <HiddenLanes />
      <p className="m-toolbar__scenario">{scenario}</p>
      <ZoomButtons />
      <IconButton
        label="Find anything"
        shortcut={keyOf('palette')}
        icon={BoltIcon}
        size="s"
        onPress={() => board.dialog.set('palette')}
      />
      <IconButton
        label="Keys"
        shortcut={keyOf('sheet')}
        icon={KeyboardMark}
        size="s"
        className="m-toolbar__keys"
        onPress={() => board.dialog.set('keys')}
      />
      <HealthButton />
      <Button
        icon={InfoIcon}
        size="s"
        variant="ghost"
        className="m-toolbar__word"
        aria-expanded={panel === 'map'}
        onPress={(event) => togglePanel(board, 'map', event)}
      >
        About this map
      </Button>
    </AriaToolbar>
  );
}

function Editing(): JSX.Element {
  const board = useBoard();
  const { canUndo, canRedo } = useStore(board.journey.steps.state);
  const spot = useStore(board.spot);
  const place = 'lane' in spot && 'stage' in spot ? spot : undefined;
  return (
    <>
      <Button
        icon={PlusIcon}
        size="s"
        isDisabled={place === undefined}
        onPress={() => {
          if (place === undefined) return;
          board.writing.startCard(
            place.lane,
            place.stage,
            place.kind === 'card' ? place.card : undefined,
          );
        }}
      >
        Card
      </Button>
      <LaneKindMenu
        trigger={
          <Button icon={PlusIcon} size="s" variant="ghost" className="m-toolbar__lane">
            Lane
          </Button>
        }
        onKind={(kind) => {
          const all = board.journey.lanes.ids.get();
          const at = 'lane' in spot ? all.indexOf(spot.lane) + 1 : all.length;
          newLane(board, kind, at);
        }}
      />
      <span className="m-toolbar__line" />
      <IconButton
        label="Undo"
        shortcut={keyOf('undo')}
        icon={UndoIcon}
        size="s"
        isDisabled={!canUndo}
        onPress={() => board.undo()}
      />
      <IconButton
        label="Redo"
        shortcut={keyOf('redo')}
        icon={RedoIcon}
        size="s"
        isDisabled={!canRedo}
        onPress={() => board.redo()}
      />
    </>
  );
}

/** Lanes hidden in the map, for everybody; what a filter hides comes back with the filter. */
function HiddenLanes(): JSX.Element | null {
  const board = useBoard();
  const lanes = useStore(board.journey.lanes.all);
  const hidden = lanes.filter((lane) => lane.hidden);
  if (hidden.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button icon={EyeOffIcon} size="s" variant="ghost" className="m-toolbar__hidden">
          {hidden.length}
          <span className="m-toolbar__more">
            {hidden.length === 1 ? ' hidden lane' : ' hidden lanes'}
          </span>
        </Button>
      }
      placement="bottom start"
      aria-label="Hidden lanes"
      {...(board.readOnly ? { disabledKeys: hidden.map((lane) => lane.id) } : {})}
      onAction={(key) => {
        const lane = String(key);
        if (board.refuses()) return;
        setHidden(board.journey, lane, false);
        board.looking.reveal(lane);
        board.go({ kind: 'lane', lane });
      }}
    >
      {hidden.map((lane) => (
        <MenuItem key={lane.id} id={lane.id} icon={EyeOffIcon}>
          {`Show ${lane.title || 'unnamed lane'}`}
        </MenuItem>
      ))}
    </Menu>
  );
}
