// The map's title, edited in place in the page's header.
import { type JSX, useMemo, useState } from 'react';
import { openJourney } from '../../model/journey';
import { metaText } from '../../model/text/field';
import type { MapConnection } from '../../sync/connection';
import type { Me } from '../../wire/types';
import { typingAct } from './acts';
import { onHistoryKey } from './keys';
import { LiveText } from './LiveText';
import './title.css';
import { TextBox } from './TextBox';
import { useBoard, usePart, useStill } from './use';

export function MapTitle({
  connection,
  me,
}: {
  readonly connection: MapConnection;
  readonly me?: Me;
}): JSX.Element {
  const journey = openJourney(connection.doc);
  const title = usePart(journey.meta, (meta) => meta.title);
  const field = useMemo(() => metaText(journey, 'title'), [journey]);
  const board = useBoard();
  const [depth, setDepth] = useState(0);
  const still = useStill();
  if (me?.role === 'observer' || still) {
    return (
      <h1 className="m-maptitle m-maptitle--still">
        {title === '' ? 'Untitled map' : <LiveText text={title} root="meta" id="" field="title" />}
      </h1>
    );
  }
  return (
    <div className="m-maptitle" data-text={title || 'Untitled map'}>
      <h1 className="visually-hidden">{title || 'Untitled map'}</h1>
      <TextBox
        field={field}
        oneLine
        aria-label="Title of the map"
        placeholder="Untitled map"
        enterKeyHint="done"
        className="m-maptitle__input"
        onHistory={(direction) => (direction === 'undo' ? board.undo() : board.redo())}
        onFocus={() => setDepth(journey.steps.depth)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const act = typingAct(event);
          if (act === 'text.back') journey.steps.backTo(depth);
          if (act === 'text.keep' || act === 'text.line' || act === 'text.back') {
            event.preventDefault();
            event.currentTarget.blur();
          } else onHistoryKey(board, event);
        }}
      />
    </div>
  );
}
