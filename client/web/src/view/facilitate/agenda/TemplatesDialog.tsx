// Agendas to begin with, made from this map: what each asks of people, how long it takes, and every step of it before anything is changed.
import { type JSX, useState } from 'react';
import { lengthOf } from '../../../facilitation/agenda-times';
import { type Proposal, proposals } from '../../../facilitation/templates';
import { LANE_WORDS } from '../../../model/kinds';
import { useBoard, useStore } from '../../map/use';
import { Button, Choice, Dialog, InfoIcon } from '../../ui';
import { useStepNow } from '../../workshop/use-step';
import { focusWords } from '../../workshop/words';
import { deskOf } from '../desk';
import { lengthWords, MODES } from '../words';
import { appendSteps, replaceAgenda, roomLeft } from './acts';

export function TemplatesDialog({
  isOpen,
  onOpenChange,
}: {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}): JSX.Element {
  const board = useBoard();
  const stages = useStore(board.journey.stages.all);
  const lanes = useStore(board.journey.lanes.all);
  const agenda = useStore(deskOf(board).steps);
  const now = useStepNow();
  const [chosen, setChosen] = useState('layers');
  const all = proposals({ stages, lanes });
  const proposal = all.find(({ id }) => id === chosen) ?? all[0];
  if (proposal === undefined) throw new Error('There is a template at least.');
  const { steps } = proposal;
  const hasSteps = steps.length > 0;
  const isFull = steps.length > roomLeft(board);
  const act = (what: () => Promise<void>): void => {
    onOpenChange(false);
    void what();
  };
  return (
    <Dialog
      title="Agenda templates"
      width="l"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      footer={
        agenda.length === 0 ? (
          <Button
            variant="primary"
            isDisabled={!hasSteps}
            onPress={() => act(() => replaceAgenda(board, steps))}
          >
            Use this agenda
          </Button>
        ) : (
          <>
            <Button
              isDisabled={!hasSteps || isFull}
              onPress={() => act(() => appendSteps(board, steps))}
            >
              Add to the agenda
            </Button>
            <Button
              variant="primary"
              isDisabled={!hasSteps || now !== null}
              onPress={() => act(() => replaceAgenda(board, steps))}
            >
              Replace the agenda
            </Button>
          </>
        )
      }
    >
      <div className="f-templates">
        <Choice
          label="Template"
          look="cards"
          value={proposal.id}
          onChange={setChosen}
          options={all.map((one) => ({
            value: one.id,
            label: one.name,
            description:
              one.missing === undefined
                ? lengthWords(one.steps.length, lengthOf(one.steps))
                : 'Not for this map as it is',
          }))}
        />
        {now === null || agenda.length === 0 ? null : (
          <p className="f-templates__why">
            <InfoIcon size={16} />
            <span>
              “{now.step.title}” is under way. Finish the agenda before you replace it, or add these
              steps at its end.
            </span>
          </p>
        )}
        {isFull && hasSteps ? (
          <p className="f-templates__why">
            <InfoIcon size={16} />
            <span>An agenda has at most 100 steps: these do not fit in at the end.</span>
          </p>
        ) : null}
        <Preview proposal={proposal} />
      </div>
    </Dialog>
  );
}

function Preview({ proposal }: { readonly proposal: Proposal }): JSX.Element {
  const { journey } = useBoard();
  const stages = useStore(journey.stages.all);
  const lanes = useStore(journey.lanes.all);
  const { about, leftOut, missing, name, steps } = proposal;
  return (
    <section className="f-preview" aria-label={name}>
      <p className="f-preview__about">{about}</p>
      {missing === undefined ? null : (
        <p className="f-templates__why">
          <InfoIcon size={16} />
          <span>{missing}</span>
        </p>
      )}
      {leftOut.length === 0 ? null : (
        <p className="f-preview__left">
          {`Left out, since this map shows no such lane: ${leftOut
            .map((kind) => LANE_WORDS[kind].name.toLowerCase())
            .join(', ')}.`}
        </p>
      )}
      <ol className="f-preview__steps">
        {steps.map((step, at) => {
          const where = focusWords(step.focus, stages, lanes);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one template stay in order.
            <li key={at}>
              <div className="f-preview__head">
                <h4>{step.title}</h4>
                <span>{step.minutes} min</span>
              </div>
              <p className="f-preview__facts">
                {MODES[step.mode].name}
                {where === undefined ? '' : ` · ${where}`}
                {step.lock ? ' · only the focus can be changed' : ''}
              </p>
              {step.instructions.split('\n\n').map((says) => (
                <p key={says} className="f-preview__says">
                  {says}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
