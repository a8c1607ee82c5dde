// The agenda of the workshop: its steps in order, each opened to be changed in place, added, moved, started and removed.
import { type FocusEvent, type JSX, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { standOf } from '../../../facilitation/agenda-times';
import { STEPS } from '../../../facilitation/limits';
import type { AgendaStep, StepId } from '../../../wire/channel';
import { useKeptFocus } from '../../kept-focus';
import { useBoard, useStore } from '../../map/use';
import { Button, EmptyState, PlusIcon, ReportIcon } from '../../ui';
import { useShared } from '../../workshop/use-workshop';
import { deskOf } from '../desk';
import { addStep, moveBy, moveTo, removeStep } from './acts';
import { attachReordering } from './dragging';
import { StepRow } from './StepRow';
import { Sums } from './Sums';
import { TemplatesDialog } from './TemplatesDialog';
import { useOfferedBack } from './useOfferedBack';

export function AgendaTab(): JSX.Element {
  const board = useBoard();
  const steps = useStore(deskOf(board).steps);
  const isTold = useShared() !== null;
  const [isChoosing, setChoosing] = useState(false);
  const [open, setOpen] = useState<StepId | null>(null);
  const [fresh, setFresh] = useState<StepId | null>(null);
  const add = async (): Promise<void> => {
    const id = await addStep(board);
    setOpen(id);
    setFresh(id);
  };
  const addButton = (
    <Button icon={PlusIcon} isDisabled={steps.length >= STEPS} onPress={() => void add()}>
      Add a step
    </Button>
  );
  const templatesButton = (isFirst: boolean): JSX.Element => (
    <Button
      icon={ReportIcon}
      variant={isFirst ? 'primary' : 'secondary'}
      {...(isFirst ? { 'data-first': '' } : {})}
      onPress={() => setChoosing(true)}
    >
      {isFirst ? 'Choose a template' : 'Templates'}
    </Button>
  );
  return (
    <>
      {steps.length > 0 ? (
        <>
          <Sums steps={steps} />
          <Steps
            steps={steps}
            open={open}
            fresh={fresh}
            onOpen={(id) => {
              setOpen(id);
              setFresh(null);
            }}
          />
          <div className="f-agenda__acts">
            {addButton}
            {templatesButton(false)}
          </div>
        </>
      ) : isTold ? (
        <EmptyState
          level={3}
          title="No agenda yet"
          actions={
            <>
              {templatesButton(true)}
              {addButton}
            </>
          }
        >
          Each step has its time, its words and its place on the map. Everyone sees the one that is
          under way.
        </EmptyState>
      ) : null}
      <TemplatesDialog isOpen={isChoosing} onOpenChange={setChoosing} />
    </>
  );
}

function Steps({
  steps,
  open,
  fresh,
  onOpen,
}: {
  readonly steps: readonly AgendaStep[];
  readonly open: StepId | null;
  readonly fresh: StepId | null;
  readonly onOpen: (id: StepId | null) => void;
}): JSX.Element {
  const board = useBoard();
  const shared = useShared();
  const stand = standOf(steps, shared?.current);
  const list = useRef<HTMLOListElement>(null);
  const draft = useOfferedBack(steps, open);
  const onFocus = useStaying(list, steps);
  useInSight(list, shared?.current?.id);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    return attachReordering(element, (id, index) => moveTo(board, Number(id), index));
  }, [board]);
  return (
    <ol
      className="f-steps"
      ref={list}
      onFocus={onFocus}
      onKeyDown={(event) => {
        if (leavesForm(event)) onOpen(null);
        else onKey(board, event);
      }}
    >
      {steps.map((step, index) => (
        <StepRow
          key={step.id}
          step={step}
          place={index + 1}
          of={steps.length}
          stand={stand(step.id)}
          isOpen={open === step.id}
          isFresh={fresh === step.id}
          onOpen={(isOpen) => onOpen(isOpen ? step.id : null)}
          onDraft={draft}
        />
      ))}
    </ol>
  );
}

/** The step under way is in sight when the list opens and when it begins, unless somebody types in the list or points at it. */
function useInSight(
  list: React.RefObject<HTMLOListElement | null>,
  step: StepId | undefined,
): void {
  useEffect(() => {
    const element = list.current;
    const row = element?.querySelector<HTMLElement>(`[data-step="${step}"]`);
    const scroller = element?.closest('.f-tab');
    if (element == null || row == null || scroller == null) return;
    const hasFocus = element.contains(document.activeElement);
    if (hasFocus ? document.activeElement?.closest('.f-form') : element.matches(':hover')) return;
    const [at, frame] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
    if (at.top >= frame.top && at.bottom <= frame.bottom) return;
    // Of the list alone: `scrollIntoView` would move a low window, too.
    scroller.scrollBy(0, at.top - frame.top - (frame.height - at.height) / 3);
  }, [list, step]);
}

/** Esc in a step's fields goes back to its line; once more, out of the panel. */
function leavesForm(event: KeyboardEvent): boolean {
  const form = (event.target as HTMLElement).closest('.f-form');
  if (event.key !== 'Escape' || event.defaultPrevented || form === null) return false;
  event.preventDefault();
  form.closest('[data-step]')?.querySelector<HTMLElement>('[data-control="title"]')?.focus();
  return true;
}

/** The keys of a line: arrows walk, with Alt they move the step, Delete removes it. */
function onKey(board: Parameters<typeof moveBy>[0], event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('[data-step]');
  // What hangs over the page bubbles through here; a field has keys of its own.
  if (row === null || target.dataset.control === undefined) return;
  const id = Number(row.dataset.step);
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (by !== undefined && event.altKey) moveBy(board, id, by);
  else if (by !== undefined && target.dataset.control !== 'more') walk(row, by);
  else if (event.key === 'Delete' && target.dataset.control === 'title') void removeStep(board, id);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function walk(row: HTMLElement, by: -1 | 1): void {
  const next = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  next?.querySelector<HTMLElement>('[data-control="title"]')?.focus();
}

/** The focus goes along with a step that is moved; where the step is gone, to the one in its place. */
function useStaying(
  list: React.RefObject<HTMLOListElement | null>,
  steps: readonly AgendaStep[],
): (event: FocusEvent) => void {
  const stood = useRef<{ readonly id: string; readonly control: string; readonly at: number }>(
    undefined,
  );
  useKeptFocus(list, () => {
    if (stood.current === undefined) return null;
    const { id, control, at } = stood.current;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [])];
    const row = rows.find((one) => one.dataset.step === id);
    const other = rows[Math.min(at, rows.length - 1)];
    return (
      row?.querySelector<HTMLElement>(`[data-control="${control}"]`) ??
      (row ?? other)?.querySelector<HTMLElement>('[data-control="title"]') ??
      null
    );
  });
  return (event) => {
    const target = event.target as HTMLElement;
    const id = target.closest<HTMLElement>('[data-step]')?.dataset.step;
    if (id === undefined) return;
    stood.current = {
      id,
      control: target.dataset.control ?? 'title',
      at: steps.findIndex((step) => String(step.id) === id),
    };
  };
}
