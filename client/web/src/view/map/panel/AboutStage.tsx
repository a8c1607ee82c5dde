// A stage's name and what happens in it.
import { type JSX, useMemo } from 'react';
import { entryText } from '../../../model/text/field';
import { useBoard, useStore } from '../use';
import { BoundText } from './controls';
import { PanelHead } from './PanelHead';

export function AboutStage({ id }: { readonly id: string }): JSX.Element {
  const board = useBoard();
  const stage = useStore(board.journey.stages.one(id));
  const title = useMemo(() => entryText(board.journey, 'stages', id, 'title'), [board, id]);
  const text = useMemo(() => entryText(board.journey, 'stages', id, 'description'), [board, id]);
  return (
    <>
      <PanelHead
        title="About this stage"
        about={stage === undefined ? 'It was deleted' : stage.title || 'Unnamed stage'}
      />
      {stage === undefined ? null : (
        <div className="m-panel__body">
          <BoundText
            label="Name"
            name="title"
            field={title}
            placeholder="What the customer goes through"
          />
          <BoundText
            label="What happens in it"
            name="description"
            field={text}
            lines={3}
            placeholder="From where to where, in the customer’s words"
            first
          />
        </div>
      )}
    </>
  );
}
