// One's own name and colour, as the others see them.
import { type FormEvent, type JSX, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import { CommandRefused } from '../../sync/workshop';
import type { Me } from '../../wire/types';
import { rememberMe, rememberProfile } from '../remembered';
import { ColorChoice, FormDialog, TextField } from '../ui';
import { explain } from '../words';

interface ProfileProps {
  readonly connection: MapConnection;
  readonly me: Me;
}

export function ProfileDialog({
  isOpen,
  onOpenChange,
  ...profile
}: ProfileProps & {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}): JSX.Element {
  return (
    <FormDialog
      title="Your name and colour"
      width="s"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      send="Save"
    >
      {(form) => <ProfileForm id={form} {...profile} onDone={() => onOpenChange(false)} />}
    </FormDialog>
  );
}

function ProfileForm({
  id,
  connection,
  me,
  onDone,
}: ProfileProps & { readonly id: string; readonly onDone: () => void }): JSX.Element {
  const [name, setName] = useState(me.name);
  const [color, setColor] = useState(me.color);
  const [error, setError] = useState<string>();

  async function save(): Promise<void> {
    const profile = { name: name.trim(), color };
    if (profile.name === '') {
      setError('Type the name the others will see.');
      return;
    }
    try {
      await connection.workshop.send({ rename: profile });
      rememberProfile(profile);
      rememberMe({ ...me, ...profile });
      onDone();
    } catch (failure) {
      setError(failure instanceof CommandRefused ? failure.why : explain(failure));
    }
  }

  return (
    <form
      id={id}
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label="Your name" value={name} onChange={setName} error={error} maxLength={60} />
      <ColorChoice value={color} onChange={setColor} />
    </form>
  );
}
