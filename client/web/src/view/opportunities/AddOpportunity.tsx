// A new opportunity, written without going to the map: what it says, its stage, and its lane where there are several.
import { type JSX, useState } from 'react';
import { flushSync } from 'react-dom';
import { passes, SHOW_ALL } from '../../model/opportunities';
import { opportunitiesOf } from '../../model/opportunity-store';
import { Pick } from '../map/panel/choices';
import { useBoard, useStore } from '../map/use';
import { Button, Dialog, TextField } from '../ui';
import { add } from './acts';
import { useLook } from './state';

export function AddOpportunity({
  isOpen,
  onOpenChange,
}: {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}): JSX.Element {
  return (
    <Dialog title="New opportunity" width="s" isOpen={isOpen} onOpenChange={onOpenChange}>
      <Form onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Form({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const board = useBoard();
  const stages = useStore(board.journey.stages.all);
  const lanes = useStore(board.journey.lanes.all).filter(
    ({ kind, hidden }) => kind === 'opportunity' && !hidden,
  );
  const [{ filter }, change] = useLook();
  const spot = board.spot.get();
  const [text, setText] = useState('');
  const [stage, setStage] = useState('stage' in spot ? spot.stage : undefined);
  const [lane, setLane] = useState<string>();
  const stageChosen = stages.find(({ id }) => id === stage) ?? stages[0];
  const laneChosen = lanes.find(({ id }) => id === lane) ?? lanes[0];
  const canAdd = text.trim() !== '' && stageChosen !== undefined && laneChosen !== undefined;
  return (
    <form
      className="o-add"
      onSubmit={(event) => {
        event.preventDefault();
        // Refused, the words stay where they are.
        if (!canAdd || board.refuses({ lane: laneChosen.id, stage: stageChosen.id })) return;
        const id = add(board, laneChosen.id, stageChosen.id, text.trim());
        const made = opportunitiesOf(board.journey)
          .get()
          .find((one) => one.id === id);
        // What was just written must be seen.
        if (made !== undefined && !passes(made, filter)) change({ filter: SHOW_ALL });
        flushSync(onDone);
        document
          .querySelector(`[data-opportunity="${CSS.escape(id)}"]`)
          ?.scrollIntoView({ block: 'center' });
      }}
    >
      <TextField
        label="What could be better"
        lines={3}
        value={text}
        onChange={setText}
        autoFocus
        isRequired
      />
      <Pick
        label="Stage"
        name="stage"
        placeholder="Stage"
        options={stages.map(({ id, title }) => ({ id, label: title || 'Unnamed stage' }))}
        value={stageChosen?.id}
        onValue={setStage}
      />
      {lanes.length < 2 ? null : (
        <Pick
          label="Lane"
          name="lane"
          placeholder="Lane"
          options={lanes.map(({ id, title }) => ({ id, label: title || 'Unnamed lane' }))}
          value={laneChosen?.id}
          onValue={setLane}
        />
      )}
      <div className="m-form__actions">
        <Button variant="ghost" onPress={onDone}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" isDisabled={!canAdd}>
          Add
        </Button>
      </div>
    </form>
  );
}
