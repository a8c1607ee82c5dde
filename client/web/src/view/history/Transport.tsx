// The buttons of a replay: play, one change on or back, one moment on or back, how fast, silence, and the link to this moment.
import type { JSX } from 'react';
import type { Key } from 'react-aria-components';
import type { Player } from '../../model/history/player';
import { SPEEDS, type Speed } from '../../model/history/playing';
import type { HistoryReport } from '../../wire/history';
import { usePart, useStore } from '../map/use';
import {
  Button,
  ChevronLeftIcon,
  ChevronRightIcon,
  IconButton,
  Menu,
  MenuItem,
  PauseIcon,
  PlayIcon,
  SkipBackIcon,
  SkipForwardIcon,
} from '../ui';
import { type Acts, momentAfter, momentBefore } from './acts';

export function Transport({
  history,
  player,
  acts,
}: {
  readonly history: HistoryReport;
  readonly player: Player;
  readonly acts: Acts;
}): JSX.Element {
  const isPlaying = usePart(player.state, (state) => state.isPlaying);
  const isWaiting = usePart(player.state, (state) => state.isWaiting);
  const speed = usePart(player.state, (state) => state.speed);
  const skips = usePart(player.state, (state) => state.skipsSilence);
  const follows = usePart(player.state, (state) => state.follows);
  const seq = useStore(player.replay.seq);
  return (
    <fieldset className="h-transport" aria-label="Replay">
      <div className="h-transport__way">
        <IconButton
          label="Previous moment"
          shortcut="["
          icon={SkipBackIcon}
          isDisabled={momentBefore(history, seq) === undefined}
          onPress={() => void acts.moment(-1)}
        />
        <IconButton
          label="One change back"
          shortcut=","
          icon={ChevronLeftIcon}
          isDisabled={seq <= 1}
          onPress={() => void player.step(-1)}
        />
        <IconButton
          label={isPlaying ? 'Pause' : 'Play'}
          shortcut="Space"
          variant="primary"
          size="l"
          icon={isPlaying ? PauseIcon : PlayIcon}
          className="h-transport__play"
          onPress={() => void acts.toggle()}
        />
        <IconButton
          label="One change on"
          shortcut="."
          icon={ChevronRightIcon}
          isDisabled={seq >= player.replay.reel.last}
          onPress={() => void player.step(1)}
        />
        <IconButton
          label="Next moment"
          shortcut="]"
          icon={SkipForwardIcon}
          isDisabled={momentAfter(history, seq) === undefined}
          onPress={() => void acts.moment(1)}
        />
      </div>
      <Menu
        aria-label="Speed"
        placement="top start"
        selectionMode="single"
        selectedKeys={[String(speed)]}
        onAction={(chosen: Key) => player.setSpeed(Number(chosen) as Speed)}
        trigger={
          <Button
            variant="ghost"
            className="h-transport__speed"
            aria-label={`Speed: ${speed} times`}
          >
            {`${speed}×`}
          </Button>
        }
      >
        {SPEEDS.map((one) => (
          <MenuItem key={one} id={String(one)}>
            {`${one}×`}
          </MenuItem>
        ))}
      </Menu>
      <label className="h-skip">
        <input
          type="checkbox"
          checked={skips}
          onChange={(event) => player.setSkipsSilence(event.target.checked)}
        />
        Skip silence
      </label>
      <label className="h-skip">
        <input
          type="checkbox"
          checked={follows}
          onChange={(event) => player.setFollows(event.target.checked)}
        />
        <span>
          Follow<span className="h-skip__more"> changes</span>
        </span>
      </label>
      <span className="h-transport__state" role="status">
        {isWaiting ? 'Loading…' : ''}
      </span>
    </fieldset>
  );
}
