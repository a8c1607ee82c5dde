// A step that somebody else removes while its fields are open here is offered back, with what was typed in it.
import { useEffect, useRef } from 'react';
import { contentOf } from '../../../facilitation/agenda-desk';
import type { AgendaStep, Step, StepId } from '../../../wire/channel';
import { useBoard } from '../../map/use';
import { deskOf } from '../desk';
import { offerStepBack } from './acts';

type Draft = Pick<Step, 'title' | 'instructions'>;

/** Gives the way to tell what is typed and not sent yet. */
export function useOfferedBack(
  steps: readonly AgendaStep[],
  open: StepId | null,
): (name: keyof Draft, text: string | null) => void {
  const board = useBoard();
  const typed = useRef<Partial<Draft>>({});
  const last = useRef<{ readonly step: AgendaStep; readonly at: number }>(undefined);
  const at = steps.findIndex(({ id }) => id === open);
  const step = steps[at];
  useEffect(() => {
    const was = last.current;
    last.current = step === undefined ? undefined : { step, at };
    if (was === undefined || step?.id === was.step.id) return;
    const words = typed.current;
    typed.current = {};
    const isGone = steps.every(({ id }) => id !== was.step.id);
    if (isGone && !deskOf(board).isOwn(was.step.id)) {
      offerStepBack(board, { ...contentOf(was.step), ...words }, was.at);
    }
  }, [at, board, step, steps]);
  return (name, text) => {
    const { [name]: _, ...rest } = typed.current;
    typed.current = text === null || text.trim() === '' ? rest : { ...rest, [name]: text.trim() };
  };
}
