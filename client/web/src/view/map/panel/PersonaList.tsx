// The personas of the map: whose journey it is. Each unfolds to its fields; observers read the cards themselves.
import { type JSX, useMemo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { lineStyle } from '../../../model/emotion';
import type { Persona } from '../../../model/entities';
import {
  addPersona,
  movePersona,
  removePersona,
  setPersonaList,
  setPrimary,
} from '../../../model/personas';
import { entryText } from '../../../model/text/field';
import {
  ArrowDownIcon,
  ArrowUpIcon,
  Badge,
  Button,
  ChevronDownIcon,
  IconButton,
  PlusIcon,
  TrashIcon,
} from '../../ui';
import { quoted } from '../board';
import { PersonaCard, Portrait } from '../PersonaCard';
import { useBoard, useStore } from '../use';
import { BoundText, Toggle } from './controls';
import { ListText } from './ListText';
import { openingOf, openPersona, showPersonas } from './opening';
import { useReading } from './reading';

export function PersonaList(): JSX.Element {
  const board = useBoard();
  const isRead = useReading();
  const personas = useStore(board.journey.personas.all);
  return (
    <section className="m-section" aria-label="Personas" data-field="personas">
      <div className="m-section__head">
        <h3>Whose journey</h3>
        {personas.length === 0 || isRead ? null : (
          <Button size="s" variant="ghost" onPress={() => showPersonas(board)}>
            Show large
          </Button>
        )}
      </div>
      {personas.length === 0 ? (
        <p className="m-section__none">
          Nobody’s yet. A map of “our customers” is too vague to act on.
        </p>
      ) : null}
      {personas.map((persona, index) => {
        const style = lineStyle(personas, persona.id);
        return isRead ? (
          <PersonaCard key={persona.id} persona={persona} style={style} level={4} />
        ) : (
          <PersonaItem
            key={persona.id}
            persona={persona}
            style={style}
            place={index}
            of={personas.length}
          />
        );
      })}
      {isRead ? null : (
        <Button
          icon={PlusIcon}
          size="s"
          variant="ghost"
          onPress={() => openPersona(board, addPersona(board.journey, ''))}
        >
          Add a persona
        </Button>
      )}
    </section>
  );
}

function PersonaItem({
  persona,
  style,
  place,
  of,
}: {
  readonly persona: Persona;
  readonly style: number;
  readonly place: number;
  readonly of: number;
}): JSX.Element {
  const board = useBoard();
  const unfolded = openingOf(board).persona;
  const isOpen = useStore(unfolded) === persona.id;
  return (
    <div className="m-persona">
      <AriaButton
        className="m-persona__head"
        aria-expanded={isOpen}
        onPress={() => unfolded.set(isOpen ? null : persona.id)}
      >
        <Portrait name={persona.name} style={style} size={34} />
        <span className="m-persona__words">
          <span className="m-persona__name">{persona.name || 'Unnamed persona'}</span>
          {persona.role === '' ? null : <span className="m-persona__role">{persona.role}</span>}
        </span>
        {persona.primary ? <Badge tone="accent">Primary</Badge> : null}
        <ChevronDownIcon size={16} />
      </AriaButton>
      {isOpen ? <PersonaFields persona={persona} place={place} of={of} /> : null}
    </div>
  );
}

function PersonaFields({
  persona,
  place,
  of,
}: {
  readonly persona: Persona;
  readonly place: number;
  readonly of: number;
}): JSX.Element {
  const board = useBoard();
  const { id } = persona;
  const name = quoted(persona.name, 'this persona');
  const fields = useMemo(
    () => ({
      name: entryText(board.journey, 'personas', id, 'name'),
      role: entryText(board.journey, 'personas', id, 'role'),
      quote: entryText(board.journey, 'personas', id, 'quote'),
      bio: entryText(board.journey, 'personas', id, 'bio'),
    }),
    [board, id],
  );
  const at = (field: string): string => `persona ${id} ${field}`;
  const move = (by: -1 | 1): void => {
    if (movePersona(board.journey, id, by)) {
      board.say(`${name} is now ${place + 1 + by} of ${of}. The curve’s style follows the place.`);
    }
  };
  const remove = (): void => {
    const feelings = removePersona(board.journey, id);
    const theirs =
      feelings === 0
        ? ''
        : feelings === 1
          ? '; one feeling now counts as everyone’s'
          : `; ${feelings} feelings now count as everyone’s`;
    board.offerUndo(`Deleted ${quoted(persona.name, 'a persona')}${theirs}`);
  };
  return (
    <div className="m-persona__body">
      <BoundText label="Name" name={at('name')} field={fields.name} />
      <BoundText
        label="Role"
        name={at('role')}
        field={fields.role}
        placeholder="moves for a first job"
      />
      <BoundText label="In their words" name={at('quote')} field={fields.quote} lines={2} />
      {(['goals', 'needs', 'frustrations'] as const).map((list) => (
        <ListText
          key={list}
          label={{ goals: 'Goals', needs: 'Needs', frustrations: 'Frustrations' }[list]}
          name={at(list)}
          items={persona[list]}
          onItems={(items) => setPersonaList(board.journey, id, list, items)}
        />
      ))}
      <BoundText label="About them" name={at('bio')} field={fields.bio} lines={3} />
      <Toggle
        label="Primary: the map is drawn for them"
        name={at('primary')}
        value={persona.primary}
        onValue={(on) => setPrimary(board.journey, id, on)}
      />
      <div className="m-persona__acts">
        <IconButton
          label={`Move ${name} up`}
          icon={ArrowUpIcon}
          size="s"
          isDisabled={place === 0}
          onPress={() => move(-1)}
        />
        <IconButton
          label={`Move ${name} down`}
          icon={ArrowDownIcon}
          size="s"
          isDisabled={place === of - 1}
          onPress={() => move(1)}
        />
        <IconButton label={`Delete ${name}`} icon={TrashIcon} size="s" onPress={remove} />
      </div>
    </div>
  );
}
