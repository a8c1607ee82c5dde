// The map's own details: its scope, its owner, and whose journey it is.
import { type JSX, useMemo } from 'react';
import { lineStyle } from '../../../model/emotion';
import type { Persona } from '../../../model/entities';
import { MAP_KIND_LABEL, MAP_KINDS } from '../../../model/kinds';
import {
  addPersona,
  removePersona,
  setMapKind,
  setMapOwner,
  setPersonaList,
  setPrimary,
} from '../../../model/structure';
import { entryText, metaText } from '../../../model/text/field';
import { Button, CloseIcon, IconButton, PlusIcon, TrashIcon } from '../../ui';
import { LineMark } from '../marks';
import { useBoard, useStore } from '../use';
import { BoundText, Line, Pick, Toggle } from './controls';
import { ListText } from './ListText';

export function AboutMap(): JSX.Element {
  const board = useBoard();
  const meta = useStore(board.journey.meta);
  const personas = useStore(board.journey.personas.all);
  const scenario = useMemo(() => metaText(board.journey, 'scenario'), [board]);
  const goal = useMemo(() => metaText(board.journey, 'goal'), [board]);
  return (
    <>
      <header className="m-panel__head">
        <div className="m-panel__where">
          <h2>About this map</h2>
          <p>{meta.title || 'Untitled map'}</p>
        </div>
        <IconButton label="Close details" icon={CloseIcon} onPress={() => board.closePanel()} />
      </header>
      <div className="m-panel__body">
        <BoundText
          label="From where to where"
          field={scenario}
          lines={2}
          placeholder="From the first search to the first month"
          first
        />
        <BoundText
          label="What decision it serves"
          field={goal}
          lines={2}
          placeholder="Find where applicants give up"
        />
        <Pick
          label="Kind of map"
          placeholder="Kind"
          options={MAP_KINDS.map((id) => ({ id, label: MAP_KIND_LABEL[id] }))}
          value={meta.kind}
          onValue={(next) => {
            const kind = MAP_KINDS.find((known) => known === next);
            if (kind !== undefined) setMapKind(board.journey, kind);
          }}
        />
        <Line
          label="Owner"
          value={meta.owner === '' ? undefined : meta.owner}
          placeholder="Who keeps it up to date"
          onValue={(owner) => setMapOwner(board.journey, owner ?? '')}
        />
        <section className="m-section" aria-label="Personas">
          <h3>Whose journey</h3>
          {personas.map((persona) => (
            <PersonaFields
              key={persona.id}
              persona={persona}
              style={lineStyle(personas, persona.id)}
            />
          ))}
          {board.readOnly ? null : (
            <Button
              icon={PlusIcon}
              size="s"
              variant="ghost"
              onPress={() => addPersona(board.journey, '')}
            >
              Add a persona
            </Button>
          )}
        </section>
      </div>
    </>
  );
}

function PersonaFields({
  persona,
  style,
}: {
  readonly persona: Persona;
  readonly style: number;
}): JSX.Element {
  const board = useBoard();
  const fields = useMemo(
    () => ({
      name: entryText(board.journey, 'personas', persona.id, 'name'),
      role: entryText(board.journey, 'personas', persona.id, 'role'),
      quote: entryText(board.journey, 'personas', persona.id, 'quote'),
      bio: entryText(board.journey, 'personas', persona.id, 'bio'),
    }),
    [board, persona.id],
  );
  return (
    <details className="m-persona" open={persona.name === ''}>
      <summary>
        <LineMark style={style} size={14} />
        <span className="m-persona__name">{persona.name || 'Unnamed persona'}</span>
        {persona.primary ? <span className="m-chip">Primary</span> : null}
        <span className="m-persona__role">{persona.role}</span>
      </summary>
      <div className="m-persona__body">
        <BoundText label="Name" field={fields.name} />
        <BoundText label="Role" field={fields.role} placeholder="moves for a first job" />
        <BoundText label="In their words" field={fields.quote} lines={2} />
        <BoundText label="About them" field={fields.bio} lines={3} />
        {(['goals', 'needs', 'frustrations'] as const).map((list) => (
          <ListText
            key={list}
            label={{ goals: 'Goals', needs: 'Needs', frustrations: 'Frustrations' }[list]}
            items={persona[list]}
            onItems={(items) => setPersonaList(board.journey, persona.id, list, items)}
          />
        ))}
        {board.readOnly ? null : (
          <div className="m-persona__acts">
            <Toggle
              label="Primary persona"
              value={persona.primary}
              onValue={(on) => {
                if (on) setPrimary(board.journey, persona.id);
              }}
            />
            <IconButton
              label={`Delete ${persona.name || 'this persona'}`}
              icon={TrashIcon}
              size="s"
              onPress={() => {
                removePersona(board.journey, persona.id);
                board.offerUndo(`Deleted ${persona.name || 'a persona'}`);
              }}
            />
          </div>
        )}
      </div>
    </details>
  );
}
