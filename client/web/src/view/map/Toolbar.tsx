// What can be done with the map as a whole: add, undo and redo, lanes out of sight, the map's own details.
import type { JSX } from 'react';
import { setHidden } from '../../model/structure';
import {
  Button,
  EyeIcon,
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
import { KeyboardMark } from './marks';
import { newLane } from './structureActs';
import { useBoard, usePart, useStore } from './use';

export function Toolbar(): JSX.Element {
  const board = useBoard();
  const { canUndo, canRedo } = useStore(board.journey.steps.state);
  const hidden = usePart(board.journey.lanes.all, (lanes) =>
    lanes
      .filter((lane) => lane.hidden)
      .map((lane) => lane.id)
      .join(' '),
  );
  const lanes = useStore(board.journey.lanes.all);
  const spot = useStore(board.spot);
  const panel = useStore(board.panel);
  const place = spot.kind === 'cell' || spot.kind === 'card' ? spot : undefined;
  const hiddenLanes = lanes.filter((lane) => lane.hidden);
  const scenario = usePart(board.journey.meta, (meta) => meta.scenario);
  return (
    <div role="toolbar" aria-label="Map" className="m-toolbar">
      {board.readOnly ? (
        <span className="m-toolbar__note">You are watching. Observers cannot edit.</span>
      ) : (
        <>
          <Button
            icon={PlusIcon}
            size="s"
            isDisabled={place === undefined}
            onPress={() => {
              if (place === undefined) return;
              board.startCard(
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
              <Button icon={PlusIcon} size="s" variant="ghost">
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
      )}
      {hidden === '' ? null : (
        <Menu
          trigger={
            <Button icon={EyeIcon} size="s" variant="ghost">
              {hiddenLanes.length === 1 ? '1 hidden lane' : `${hiddenLanes.length} hidden lanes`}
            </Button>
          }
          placement="bottom start"
          aria-label="Hidden lanes"
          {...(board.readOnly ? { disabledKeys: hidden.split(' ') } : {})}
          onAction={(key) => {
            const lane = String(key);
            setHidden(board.journey, lane, false);
            board.go({ kind: 'lane', lane });
          }}
        >
          {hiddenLanes.map((lane) => (
            <MenuItem key={lane.id} id={lane.id} icon={EyeIcon}>
              {`Show ${lane.title || 'unnamed lane'}`}
            </MenuItem>
          ))}
        </Menu>
      )}
      <p className="m-toolbar__scenario">{scenario}</p>
      <IconButton
        label="Find anything"
        shortcut={keyOf('palette')}
        icon={SearchIcon}
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
        className="m-toolbar__about"
        aria-expanded={panel === 'map'}
        onPress={() => (panel === 'map' ? board.closePanel() : board.panel.set('map'))}
      >
        About this map
      </Button>
    </div>
  );
}
