// A new map: its kind, where to start from, and its scope in three questions. Only the kind has to be
// chosen, and it is; the rest may be left for the workshop.
import { type FormEvent, type JSX, useState } from 'react';
import type { MapKind } from '../../wire/types';
import { KindArt } from '../KindArt';
import { Choice, FormDialog, TextField } from '../ui';
import { KIND_ORDER, KINDS } from '../words';
import type { Starts } from './starts';

const KIND_OPTIONS = KIND_ORDER.map((kind) => ({
  value: kind,
  label: KINDS[kind].name,
  description: KINDS[kind].shows,
  art: <KindArt kind={kind} />,
}));

const START_OPTIONS = [
  { value: 'template', label: 'Template' },
  { value: 'blank', label: 'Blank' },
] as const;

export function NewMapDialog({
  isOpen,
  onOpenChange,
  starts,
}: {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly starts: Starts;
}): JSX.Element {
  return (
    <FormDialog
      title="New map"
      width="l"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      send="Create map"
      isPending={starts.busy === 'create'}
    >
      {(form) => <NewMapForm id={form} starts={starts} />}
    </FormDialog>
  );
}

function NewMapForm({ id, starts }: { readonly id: string; readonly starts: Starts }): JSX.Element {
  const [kind, setKind] = useState<MapKind>('current-state');
  const [start, setStart] = useState<'template' | 'blank'>('template');
  const [title, setTitle] = useState('');
  const [persona, setPersona] = useState('');
  const [scenario, setScenario] = useState('');
  const [goal, setGoal] = useState('');
  const [error, setError] = useState<string | null>(null);

  async function create(): Promise<void> {
    setError(null);
    const filled = Object.entries({ title, persona, scenario, goal })
      .map(([field, text]) => [field, text.trim()] as const)
      .filter(([, text]) => text !== '');
    setError(
      await starts.create({ kind, template: start === 'template', ...Object.fromEntries(filled) }),
    );
  }

  return (
    <form
      id={id}
      className="new-map"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (starts.busy === null) void create();
      }}
    >
      <Choice
        label="What will it show?"
        look="cards"
        value={kind}
        onChange={setKind}
        options={KIND_OPTIONS}
      />
      <div className="new-map__pair">
        <TextField
          label="Title"
          value={title}
          onChange={setTitle}
          placeholder="Renting a flat in a new city"
          autoComplete="off"
        />
        <Choice
          label="Start from"
          look="segments"
          value={start}
          onChange={setStart}
          options={START_OPTIONS}
        />
      </div>
      <fieldset className="new-map__scope">
        <legend>
          Scope
          <span>
            One person, one journey, one question: a map of everything drives nothing. You may also
            settle this in the workshop.
          </span>
        </legend>
        <TextField
          label="Whose journey is it?"
          value={persona}
          onChange={setPersona}
          placeholder="Mira, who moves for a first job"
          autoComplete="off"
        />
        <TextField
          label="From where to where?"
          value={scenario}
          onChange={setScenario}
          placeholder="From the first search to the first month in the flat"
          autoComplete="off"
        />
        <TextField
          label="What will it help to decide?"
          value={goal}
          onChange={setGoal}
          placeholder="Where applicants give up, and what to mend first"
          autoComplete="off"
        />
      </fieldset>
      {error === null ? null : (
        <p role="alert" className="form-error">
          {error}
        </p>
      )}
    </form>
  );
}
