// A stage's name and what happens in it.
import { type JSX, useMemo } from 'react';
import { entryText } from '../../../model/text/field';
import { CloseIcon, IconButton } from '../../ui';
import { useBoard, useStore } from '../use';
import { BoundText } from './controls';

export function AboutStage({ id }: { readonly id: string }): JSX.Element {
  const board = useBoard();
  const stage = useStore(board.journey.stages.one(id));
  const title = useMemo(() => entryText(board.journey, 'stages', id, 'title'), [board, id]);
  const text = useMemo(() => entryText(board.journey, 'stages', id, 'description'), [board, id]);
  return (
    <>
      <header className="m-panel__head">
        <div className="m-panel__where">
          <h2>About this stage</h2>
          <p>{stage?.title ?? 'It was deleted'}</p>
        </div>
        <IconButton label="Close details" icon={CloseIcon} onPress={() => board.closePanel()} />
      </header>
      {stage === undefined ? null : (
        <div className="m-panel__body">
          <BoundText label="Name" field={title} placeholder="What the customer goes through" />
          <BoundText
            label="What happens in it"
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
