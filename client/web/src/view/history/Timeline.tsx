// The time of a history: a line with its steps, its moments and how much went on when, and a handle to go anywhere on it by mouse, finger or keys.
import { type JSX, type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import {
  type Axis,
  activityOf,
  placeOnAxis,
  sessionAt,
  timeOnAxis,
} from '../../model/history/axis';
import type { Player } from '../../model/history/player';
import type { HistoryReport, Moment } from '../../wire/history';
import { usePart, useStore } from '../map/use';
import type { Rest } from './ReplayScreen';
import { dayWords, kindWords, lengthWords, momentWords, timeWords } from './words';

const BARS = 160;
/** What an arrow key and a page key go, in milliseconds of the history. */
const STEP = 5000;
const PAGE = 60_000;

export function Timeline({
  history,
  axis,
  player,
  rest,
}: {
  readonly history: HistoryReport;
  readonly axis: Axis;
  readonly player: Player;
  readonly rest: Rest | null;
}): JSX.Element {
  const time = usePart(player.state, (state) => Math.round(state.time));
  const seq = useStore(player.replay.seq);
  const place = placeOnAxis(axis, time);
  const scrub = useScrub(axis, player);
  const step = history.moments.findLast(
    ({ kind, at }) => at <= time && (kind === 'stepBegan' || kind === 'agendaFinished'),
  );
  const valueText = [
    `${dayWords(time)}, ${timeWords(time)}`,
    ...(step?.kind === 'stepBegan' ? [step.words] : []),
    `record ${seq} of ${player.replay.reel.last}`,
  ].join('; ');
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = placeByKey(event.key, place, axis.length);
    if (to === undefined) return;
    event.preventDefault();
    scrub(to);
  };
  const done = `${(place / axis.length) * 100}%`;
  return (
    <div className="h-line">
      <Steps history={history} axis={axis} onGo={(moment) => void player.seek(moment.seq)} />
      <div className="h-line__track">
        <Curve axis={axis} player={player} done={place / axis.length} />
        <span className="h-line__now" style={{ left: done }} aria-hidden="true" />
        <input
          type="range"
          className="h-line__slider"
          aria-label="Moment"
          aria-valuetext={valueText}
          min={0}
          max={axis.length}
          step="any"
          value={place}
          onChange={(event) => scrub(Number(event.target.value))}
          onKeyDown={onKeyDown}
        />
      </div>
      <Marks history={history} axis={axis} player={player} />
      <Ends axis={axis} time={time} rest={rest} />
    </div>
  );
}

function placeByKey(key: string, place: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(place + STEP, length);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(place - STEP, 0);
    case 'PageUp':
      return Math.min(place + PAGE, length);
    case 'PageDown':
      return Math.max(place - PAGE, 0);
    case 'Home':
      return 0;
    case 'End':
      return length;
    default:
      return undefined;
  }
}

/** Goes along with a handle that is dragged: one way at a time, and then to where it is by then. */
function useScrub(axis: Axis, player: Player): (place: number) => void {
  const wanted = useRef<number | null>(null);
  const isGoing = useRef(false);
  return (place) => {
    wanted.current = place;
    if (isGoing.current) return;
    isGoing.current = true;
    const go = async (): Promise<void> => {
      while (wanted.current !== null) {
        const to = wanted.current;
        wanted.current = null;
        const time = timeOnAxis(axis, to);
        // The end is the last record, whatever the second it came in.
        if (to >= axis.length) await player.seek(player.replay.reel.last);
        else await player.seekTime(time, guess(axis, time));
      }
      isGoing.current = false;
    };
    void go();
  };
}

/** About which record a time has: as if those of a session came evenly. */
function guess(axis: Axis, time: number): number {
  const session = sessionAt(axis, time);
  if (session === undefined) return 1;
  const share = (time - session.began) / Math.max(session.ended - session.began, 1);
  return Math.round(
    session.first + Math.min(Math.max(share, 0), 1) * (session.last - session.first),
  );
}

function Curve({
  axis,
  player,
  done,
}: {
  readonly axis: Axis;
  readonly player: Player;
  readonly done: number;
}): JSX.Element {
  const who = usePart(player.state, (state) => state.wanted.who);
  const bars = useMemo(() => activityOf(axis, BARS, who), [axis, who]);
  return (
    <svg
      className="h-curve"
      viewBox={`0 0 ${BARS} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {bars.map(({ from, height }, place) =>
        height === 0 ? null : (
          <rect
            key={from}
            className={from <= done ? 'h-curve__bar h-curve__bar--done' : 'h-curve__bar'}
            x={place + 0.12}
            width={0.76}
            y={1 - Math.max(height, 0.06)}
            height={Math.max(height, 0.06)}
          />
        ),
      )}
    </svg>
  );
}

interface Band {
  readonly moment: Moment;
  readonly from: number;
  readonly to: number;
}

/** The steps as bands over the line, each as long as it lasted. */
function Steps({
  history,
  axis,
  onGo,
}: {
  readonly history: HistoryReport;
  readonly axis: Axis;
  readonly onGo: (moment: Moment) => void;
}): JSX.Element | null {
  const bands = useMemo(() => bandsOf(history, axis), [history, axis]);
  if (bands.length === 0) return null;
  const onPress = (event: PointerEvent<HTMLDivElement>): void => {
    const pressed = placePressed(event);
    const band = bands.findLast(({ from }) => from <= pressed);
    if (band !== undefined) onGo(band.moment);
  };
  return (
    // For the pointer: the list of moments has them all.
    <div className="h-steps" aria-hidden="true" onPointerDown={onPress}>
      {bands.map(({ moment, from, to }) => (
        <span
          key={moment.seq}
          className="h-steps__one"
          style={{ left: `${from * 100}%`, width: `${Math.max(to - from, 0.002) * 100}%` }}
          title={`${moment.words}, ${timeWords(moment.at)}`}
        >
          <span className="h-steps__name">{moment.words}</span>
        </span>
      ))}
    </div>
  );
}

/** Where on an element somebody pressed, as a fraction of its width. */
function placePressed(event: PointerEvent<HTMLElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  return (event.clientX - box.left) / Math.max(box.width, 1);
}

function bandsOf({ moments }: HistoryReport, axis: Axis): readonly Band[] {
  const steps = moments.filter(({ kind }) => kind === 'stepBegan' || kind === 'agendaFinished');
  return steps.flatMap((moment, place) => {
    if (moment.kind !== 'stepBegan') return [];
    const from = placeOnAxis(axis, moment.at) / axis.length;
    const until = steps[place + 1];
    const end = until === undefined ? axis.length : placeOnAxis(axis, until.at);
    return [{ moment, from, to: Math.max(end / axis.length, from) }];
  });
}

function Marks({
  history,
  axis,
  player,
}: {
  readonly history: HistoryReport;
  readonly axis: Axis;
  readonly player: Player;
}): JSX.Element {
  const marks = history.moments.filter(({ kind }) => kindWords(kind).mark !== 'step');
  // The nearest mark to where one presses: they lie close.
  const onPress = (event: PointerEvent<HTMLDivElement>): void => {
    const pressed = placePressed(event) * axis.length;
    const distance = (moment: Moment): number => Math.abs(placeOnAxis(axis, moment.at) - pressed);
    const [nearest] = marks.toSorted((a, b) => distance(a) - distance(b));
    if (nearest !== undefined) void player.seek(nearest.seq);
  };
  return (
    <div className="h-marks" aria-hidden="true" onPointerDown={onPress}>
      {marks.map((moment) => (
        <span
          key={`${moment.seq} ${moment.kind} ${moment.words}`}
          className={`h-mark h-mark--${kindWords(moment.kind).mark}`}
          style={{ left: `${(placeOnAxis(axis, moment.at) / axis.length) * 100}%` }}
          title={`${momentWords(moment)}, ${timeWords(moment.at)}`}
        />
      ))}
    </div>
  );
}

function Ends({
  axis,
  time,
  rest,
}: {
  readonly axis: Axis;
  readonly time: number;
  readonly rest: Rest | null;
}): JSX.Element | null {
  const session = sessionAt(axis, time);
  if (session === undefined) return null;
  const number = axis.stretches.findIndex((one) => one.session === session) + 1;
  const many = axis.stretches.length;
  return (
    <p className="h-line__ends">
      <span>
        {dayWords(time)}, <b>{timeWords(time)}</b>
      </span>
      {rest === null || rest.again !== undefined ? null : <span role="status">{rest.says}</span>}
      <span>
        {many === 1 ? '' : `Session ${number} of ${many}, `}
        {lengthWords(Math.max(time - session.began, 0))} of{' '}
        {lengthWords(session.ended - session.began)}
      </span>
    </p>
  );
}
