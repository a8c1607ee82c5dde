// What a facilitator does with the step under way, for everyone: the buttons of the panel and the palette ask here. Going on and back name
// the step they lead to, so that two who press at once skip nothing (AGENDA-3).
import { serverClock, timeLeft } from '../../facilitation/clock';
import { EXTEND_SECONDS } from '../../facilitation/limits';
import { clockFace } from '../../facilitation/moments';
import { stepNow } from '../../facilitation/step';
import type { AgendaStep, ClockView, StepId } from '../../wire/channel';
import { type Board, quoted } from '../map/board';
import { toast } from '../ui';
import { ask } from '../workshop/use-workshop';

export function clockOf(board: Board): ClockView | undefined {
  return board.connection.workshop.shared.get()?.current?.clock;
}

/** Whether there is a time that can be set on or back (TIME-4). */
export function hasEnd(clock: ClockView): boolean {
  if ('zero' in clock) return true;
  return ('runs' in clock ? clock.runs.until : clock.paused.left) !== undefined;
}

/** The steps before and after the one under way. */
export function neighbours(board: Board): {
  readonly before: AgendaStep | undefined;
  readonly after: AgendaStep | undefined;
} {
  const shared = board.connection.workshop.shared.get();
  const now = stepNow(shared);
  return {
    before: now === null ? undefined : shared?.agenda[now.place - 2],
    after: now?.next,
  };
}

export function canStart(board: Board): boolean {
  const shared = board.connection.workshop.shared.get();
  return shared !== null && shared.current === undefined && shared.agenda.length > 0;
}

export async function startFirst(board: Board): Promise<void> {
  const first = board.connection.workshop.shared.get()?.agenda[0];
  if (first !== undefined) await start(board, first.id);
}

export async function start(board: Board, id: StepId): Promise<void> {
  await ask(board, { startStep: { id } });
}

/** To any step, out of turn: a slip of the hand is taken back with the time that was left. */
export async function jump(board: Board, id: StepId): Promise<void> {
  const { shared } = board.connection.workshop;
  const was = stepNow(shared.get());
  const left = was === null ? null : timeLeft(was.clock, serverClock(shared).now());
  if ((await ask(board, { startStep: { id } })) === null || was === null) return;
  const { step, clock } = was;
  const back = async (): Promise<void> => {
    if ((await ask(board, { startStep: { id: step.id } })) === null) return;
    let seconds = left === null ? 0 : Math.round(left / 1000) - (step.minutes ?? 0) * 60;
    // As far as a clock is set at once (TIME-4).
    for (; seconds !== 0; seconds -= bounded(seconds)) {
      if ((await ask(board, { extend: { seconds: bounded(seconds) } })) === null) return;
    }
    if ('paused' in clock) await ask(board, { pause: {} });
  };
  const time = left === null ? '' : ` with ${clockFace(Math.round(left / 1000))}`;
  toast(
    {
      title: `Left ${quoted(step.title, 'the step')}`,
      action: { label: `Back to it${time}`, onPress: () => void back() },
    },
    12,
  );
}

function bounded(seconds: number): number {
  return Math.max(-EXTEND_SECONDS, Math.min(EXTEND_SECONDS, seconds));
}

/** After the last step the agenda is finished. */
export async function goOn(board: Board): Promise<void> {
  const { after } = neighbours(board);
  if (after === undefined) await finish(board);
  else await start(board, after.id);
}

export async function goBack(board: Board): Promise<void> {
  const { before } = neighbours(board);
  if (before !== undefined) await jump(board, before.id);
}

export async function finish(board: Board): Promise<void> {
  const now = stepNow(board.connection.workshop.shared.get());
  if (now === null || (await ask(board, { finishAgenda: {} })) === null) return;
  const { id, title } = now.step;
  toast(
    {
      title: 'The agenda is finished for everyone',
      action: {
        label: `Start ${quoted(title, 'the last step')} again`,
        onPress: () => void start(board, id),
      },
    },
    12,
  );
}

export async function switchClock(board: Board): Promise<void> {
  const clock = clockOf(board);
  if (clock === undefined || 'zero' in clock) return;
  await ask(board, 'paused' in clock ? { resume: {} } : { pause: {} });
}

export async function setClock(board: Board, minutes: number): Promise<void> {
  await ask(board, { extend: { seconds: minutes * 60 } });
}
