// The name of a version: for one that is saved now, or another name for one that is there.
import { type FormEvent, type JSX, useState } from 'react';
import { CommandRefused } from '../../sync/workshop';
import type { ClientCommand } from '../../wire/types';
import { useBoard } from '../map/use';
import { FormDialog, TextField } from '../ui';
import { explain } from '../words';

/** As the server bounds it (VERSION-3). */
const MOST = 120;

export function NameDialog({
  title,
  about,
  name: nameAtFirst,
  command,
  onDone,
  onClose,
}: {
  readonly title: string;
  readonly about: string;
  readonly name: string;
  readonly command: (name: string) => ClientCommand;
  readonly onDone: (name: string) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { connection } = useBoard();
  const [name, setName] = useState(nameAtFirst);
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);

  async function save(): Promise<void> {
    const said = name.trim();
    if (said === '') {
      setError('Type a name that says what this moment is.');
      return;
    }
    setPending(true);
    try {
      await connection.workshop.send(command(said));
      onDone(said);
    } catch (failure) {
      setError(failure instanceof CommandRefused ? failure.why : explain(failure));
      setPending(false);
    }
  }

  return (
    <FormDialog
      title={title}
      width="s"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      send="Save"
      isPending={isPending}
    >
      {(form) => (
        <form
          id={form}
          className="stack"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void save();
          }}
        >
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            error={error}
            maxLength={MOST}
            placeholder="Before the redesign"
            description={about}
            autoFocus
          />
        </form>
      )}
    </FormDialog>
  );
}
