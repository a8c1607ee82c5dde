// The corner of the grid: what kind of map it is and whose journey. A press shows the personas.
import type { JSX } from 'react';
import { lineStyle } from '../../model/emotion';
import { MAP_KIND_LABEL } from '../../model/kinds';
import { PeopleIcon } from '../ui';
import { Portrait } from './PersonaCard';
import { showPersonas } from './panel/opening';
import { useBoard, usePart, useStanding, useStore } from './use';

export function Corner(): JSX.Element {
  const board = useBoard();
  const kind = usePart(board.journey.meta, (meta) => meta.kind);
  const standing = useStanding('corner');
  const personas = useStore(board.journey.personas.all);
  const first = personas.find((persona) => persona.primary) ?? personas[0];
  const others = personas.length - 1;
  const whose =
    first === undefined
      ? 'nobody’s journey yet'
      : `${first.name || 'Unnamed'}’s journey${
          others === 0 ? '' : others === 1 ? ' and one more' : ` and ${others} more`
        }`;
  return (
    // The keyboard's way is the grid's own: Enter on the corner.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      role="columnheader"
      aria-colindex={1}
      aria-label={`${MAP_KIND_LABEL[kind]}: ${whose}`}
      aria-description="Enter shows whose journey it is"
      className="m-head m-corner"
      data-spot="corner"
      tabIndex={standing ? 0 : -1}
      onClick={() => showPersonas(board)}
    >
      <span className="m-corner__kind">{MAP_KIND_LABEL[kind]}</span>
      {first === undefined ? (
        <span className="m-corner__nobody">
          <PeopleIcon size={16} />
          {board.readOnly ? 'Nobody’s journey yet' : 'Whose journey?'}
        </span>
      ) : (
        <span className="m-corner__people">
          <Portrait name={first.name} style={lineStyle(personas, first.id)} size={32} />
          <span className="m-corner__persona">
            {first.name || 'Unnamed'}’s journey
            {others > 0 ? (
              <span className="m-corner__others">
                {others === 1 ? 'and one more' : `and ${others} more`}
              </span>
            ) : null}
          </span>
        </span>
      )}
    </div>
  );
}
