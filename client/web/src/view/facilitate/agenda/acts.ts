// What is done to the agenda, with what is said of it and the way back.
import { contentOf } from '../../../facilitation/agenda-desk';
import { STEPS } from '../../../facilitation/limits';
import type { AgendaStep, Step, StepId } from '../../../wire/channel';
import { type Board, quoted } from '../../map/board';
import { toast } from '../../ui';
import { count } from '../../words';
import { ask } from '../../workshop/use-workshop';
import { deskOf } from '../desk';

const PLAIN: Step = {
  title: 'New step',
  instructions: '',
  minutes: 10,
  focus: {},
  mode: 'open',
  lock: false,
  atZero: 'wait',
};

export function nameOf({ title }: Pick<Step, 'title'>): string {
  return quoted(title, 'the step');
}

/** Its number, once it is there. */
export async function addStep(board: Board): Promise<StepId | null> {
  return deskOf(board).add(PLAIN);
}

export async function duplicate(board: Board, step: AgendaStep): Promise<void> {
  const desk = deskOf(board);
  const at = desk.steps.get().findIndex(({ id }) => id === step.id);
  if ((await desk.add(contentOf(step), at + 1)) !== null) board.say(`Duplicated ${nameOf(step)}`);
}

/** To a place among the others, from 0. */
export function moveTo(board: Board, id: StepId, index: number): void {
  const desk = deskOf(board);
  const step = desk.find(id);
  const steps = desk.steps.get();
  if (step === undefined) return;
  if (steps.findIndex((one) => one.id === id) === index) return;
  void desk.move(id, index);
  board.say(`${nameOf(step)} is now step ${index + 1} of ${steps.length}`);
}

export function moveBy(board: Board, id: StepId, by: -1 | 1): void {
  const steps = deskOf(board).steps.get();
  const index = steps.findIndex((one) => one.id === id) + by;
  if (index < 0) board.say('It is the first step');
  else if (index >= steps.length) board.say('It is the last step');
  else moveTo(board, id, index);
}

export async function removeStep(board: Board, id: StepId): Promise<void> {
  const desk = deskOf(board);
  const step = desk.find(id);
  const at = desk.steps.get().findIndex((one) => one.id === id);
  if (step === undefined) return;
  if (board.connection.workshop.shared.get()?.current?.id === id) {
    toast({
      title: `${nameOf(step)} is under way`,
      detail: 'Go on to another step, or finish, before you remove it.',
      tone: 'bad',
    });
    return;
  }
  if (!(await desk.remove(id))) return;
  toast(
    {
      title: `Removed ${nameOf(step)}`,
      action: { label: 'Undo', onPress: () => void desk.add(contentOf(step), at) },
    },
    8,
  );
}

/** Somebody else removed the step this person was editing: it is offered back with their words in it. */
export function offerStepBack(board: Board, step: Step, at: number): void {
  toast(
    {
      title: `Someone else removed ${nameOf(step)}, the step you were editing`,
      action: { label: 'Put it back', onPress: () => void deskOf(board).add(step, at) },
    },
    null,
  );
}

/** Only while no step is under way (AGENDA-7). */
export async function replaceAgenda(board: Board, steps: readonly Step[]): Promise<void> {
  const desk = deskOf(board);
  const before = desk.steps.get().map(contentOf);
  if (!(await desk.replace(steps))) return;
  toast(
    {
      title: `The agenda has ${count(steps.length, 'step', 'steps')} now`,
      ...(before.length === 0
        ? {}
        : {
            action: {
              label: 'Undo',
              onPress: () => void desk.replace(before),
            },
          }),
    },
    8,
  );
}

/** How many more steps an agenda takes. */
export function roomLeft(board: Board): number {
  return STEPS - deskOf(board).steps.get().length;
}

export async function appendSteps(board: Board, steps: readonly Step[]): Promise<void> {
  let added = 0;
  for (const step of steps) {
    // One refusal says it all.
    if ((await ask(board, { addStep: { index: STEPS, step } })) === null) break;
    added += 1;
  }
  if (added > 0) toast({ title: `Added ${count(added, 'step', 'steps')} at the end` });
}
