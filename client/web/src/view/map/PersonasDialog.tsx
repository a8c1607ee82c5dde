// Whose journey it is, large: for a workshop that reads its personas aloud before it begins.
import { type JSX, useEffect, useRef } from 'react';
import { lineStyle } from '../../model/emotion';
import { addPersona } from '../../model/personas';
import { Button, Dialog, PencilIcon, PlusIcon } from '../ui';
import { PersonaCard } from './PersonaCard';
import { openingOf, openPersona } from './panel/opening';
import { useBoard, useStill, useStore } from './use';

export function PersonasDialog({ isOpen }: { readonly isOpen: boolean }): JSX.Element {
  const board = useBoard();
  const { personasShown } = openingOf(board);
  const still = useStill();
  /** The persona to edit once the dialog has gone and has given the focus back. */
  const next = useRef<string | 'new' | null>(null);
  const edit = (which: string): void => {
    next.current = which;
    personasShown.set(false);
  };
  return (
    <Dialog
      title="Whose journey"
      width="l"
      isOpen={isOpen}
      onOpenChange={(open) => personasShown.set(open)}
      footer={
        still ? undefined : (
          <Button icon={PlusIcon} onPress={() => edit('new')}>
            Add a persona
          </Button>
        )
      }
    >
      <Personas
        onEdit={edit}
        onGone={() => {
          const which = next.current;
          next.current = null;
          if (which === null) return;
          openPersona(board, which === 'new' ? addPersona(board.journey, '') : which);
        }}
      />
    </Dialog>
  );
}

function Personas({
  onEdit,
  onGone,
}: {
  readonly onEdit: (persona: string) => void;
  readonly onGone: () => void;
}): JSX.Element {
  const board = useBoard();
  const personas = useStore(board.journey.personas.all);
  const still = useStill();
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  useEffect(
    () => () => {
      // A closing dialog gives the focus back in the frame after it is gone.
      requestAnimationFrame(() => requestAnimationFrame(() => gone.current()));
    },
    [],
  );
  return (
    <ul className="m-personas">
      {personas.map((persona) => (
        <li key={persona.id}>
          <PersonaCard persona={persona} style={lineStyle(personas, persona.id)} />
          {still ? null : (
            <Button
              size="s"
              variant="ghost"
              icon={PencilIcon}
              onPress={() => onEdit(persona.id)}
              aria-label={`Edit ${persona.name || 'this persona'}`}
            >
              Edit
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
