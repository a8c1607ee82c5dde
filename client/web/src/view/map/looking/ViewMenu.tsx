// How the map is shown: what the cards are coloured by, and how large it is. The zoom has buttons of its own where there is room.
import type { JSX } from 'react';
import { Header, MenuSection } from 'react-aria-components';
import {
  Button,
  EyeIcon,
  FitIcon,
  IconButton,
  Menu,
  MenuItem,
  ZoomInIcon,
  ZoomOutIcon,
} from '../../ui';
import { useBoard, usePart, useStore } from '../use';
import { useMapMenu } from '../useMapMenu';
import { setCrowd, setOverlay, toggleDots, zoomBy, zoomFitted, zoomReset } from './acts';
import type { Overlay } from './looking';
import { ZOOM_MAX, ZOOM_MIN, zoomText } from './zoom';

const OVERLAYS: readonly { readonly id: Overlay; readonly label: string }[] = [
  { id: 'none', label: 'Layers, as usual' },
  { id: 'evidence', label: 'Assumptions and evidence' },
  { id: 'age', label: 'Age: what was not touched' },
];

/** Firefox before 126 cannot; what does nothing is not shown. */
const CAN_ZOOM = typeof CSS !== 'undefined' && CSS.supports('zoom', '0.5');

export function ViewMenu(): JSX.Element {
  const board = useBoard();
  const overlay = useStore(board.looking.overlay);
  const zoom = useStore(board.looking.zoom);
  const crowd = useStore(board.looking.crowd);
  const hasRound = usePart(
    board.connection.workshop.shared,
    (all) => all?.emotionRounds.some(({ result }) => result !== undefined) === true,
  );
  const hasResult = usePart(board.votes, (votes) => votes?.hasResult === true);
  const showsDots = useStore(board.showsDots);
  const menu = useMapMenu();
  return (
    <Menu
      trigger={
        <Button
          icon={EyeIcon}
          size="s"
          variant="ghost"
          className={`m-toolbar__word ${overlay === 'none' && !crowd ? '' : 'm-toolbar__on'}`}
        >
          View
        </Button>
      }
      placement="bottom start"
      aria-label="View"
      {...menu.props}
      onAction={(action) =>
        menu.after(() => {
          if (action === 'in') zoomBy(board, 1);
          else if (action === 'out') zoomBy(board, -1);
          else if (action === 'full') zoomReset(board);
          else if (action === 'width' || action === 'map') zoomFitted(board, action);
        })
      }
    >
      <MenuSection
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[overlay]}
        onSelectionChange={(keys) => {
          const chosen = OVERLAYS.find(({ id }) => keys !== 'all' && keys.has(id));
          if (chosen !== undefined) setOverlay(board, chosen.id);
        }}
      >
        <Header className="m-menu-layer">Colour cards by</Header>
        {OVERLAYS.map(({ id, label }) => (
          <MenuItem key={id} id={id}>
            {label}
          </MenuItem>
        ))}
      </MenuSection>
      {hasRound ? (
        <MenuSection
          selectionMode="multiple"
          selectedKeys={crowd ? ['crowd'] : []}
          onSelectionChange={(keys) => setCrowd(board, keys === 'all' || keys.has('crowd'))}
        >
          <Header className="m-menu-layer">On the emotion lanes</Header>
          <MenuItem id="crowd">How the room felt</MenuItem>
        </MenuSection>
      ) : null}
      {hasResult ? (
        <MenuSection
          selectionMode="multiple"
          selectedKeys={showsDots ? ['dots'] : []}
          onSelectionChange={() => toggleDots(board)}
        >
          <Header className="m-menu-layer">Votes</Header>
          <MenuItem id="dots">Dots of the last vote</MenuItem>
        </MenuSection>
      ) : null}
      {CAN_ZOOM ? (
        <MenuSection>
          <Header className="m-menu-layer">{`Size, now ${zoomText(zoom)}`}</Header>
          <MenuItem id="in">Larger</MenuItem>
          <MenuItem id="out">Smaller</MenuItem>
          <MenuItem id="full">Full size</MenuItem>
          <MenuItem id="width">Fit all stages</MenuItem>
          <MenuItem id="map">Fit the whole map</MenuItem>
        </MenuSection>
      ) : null}
    </Menu>
  );
}

export function ZoomButtons(): JSX.Element | null {
  const board = useBoard();
  const zoom = useStore(board.looking.zoom);
  if (!CAN_ZOOM) return null;
  return (
    <span className="m-zoom">
      <IconButton
        label="Smaller"
        shortcut="Ctrl wheel"
        icon={ZoomOutIcon}
        size="s"
        isDisabled={zoom <= ZOOM_MIN}
        onPress={() => zoomBy(board, -1)}
      />
      <Button
        size="s"
        variant="ghost"
        className="m-zoom__now"
        aria-label={`${zoomText(zoom)}. Back to full size`}
        onPress={() => zoomReset(board)}
      >
        {zoomText(zoom)}
      </Button>
      <IconButton
        label="Larger"
        shortcut="Ctrl wheel"
        icon={ZoomInIcon}
        size="s"
        isDisabled={zoom >= ZOOM_MAX}
        onPress={() => zoomBy(board, 1)}
      />
      <IconButton
        label="Fit all stages"
        icon={FitIcon}
        size="s"
        onPress={() => zoomFitted(board, 'width')}
      />
    </span>
  );
}
