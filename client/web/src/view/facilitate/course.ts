// What a facilitator does with the step under way, for everyone: the buttons of the panel and the palette ask here. Going on and back name
// the step they lead to, so that two who press at once skip nothing (AGENDA-3).
import { stepNow } from '../../facilitation/step';
import type { AgendaStep, ClockView, StepId } from '../../wire/channel';
import type { Board } from '../map/board';
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

/** After the last step the agenda is finished. */
export async function goOn(board: Board): Promise<void> {
  const { after } = neighbours(board);
  if (after === undefined) await finish(board);
  else await start(board, after.id);
}

export async function goBack(board: Board): Promise<void> {
  const { before } = neighbours(board);
  if (before !== undefined) await start(board, before.id);
}

export async function finish(board: Board): Promise<void> {
  const now = stepNow(board.connection.workshop.shared.get());
  if (now === null || (await ask(board, { finishAgenda: {} })) === null) return;
  const { id, title } = now.step;
  toast(
    {
      title: 'The agenda is finished for everyone',
      action: { label: `Back to “${short(title)}”`, onPress: () => void start(board, id) },
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

function short(title: string): string {
  const points = [...title];
  return points.length <= 24 ? title : `${points.slice(0, 23).join('').trimEnd()}…`;
}
