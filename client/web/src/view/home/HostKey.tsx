// Asks for the server's host key. It stays in this tab only, and is sent to this server only.
import { type FormEvent, type JSX, useState } from 'react';
import { listMaps } from '../../wire/api';
import { hostKey } from '../../wire/host-key';
import { Button, Dialog, KeyIcon, TextField } from '../ui';
import { explain } from '../words';

export function HostKeyForm({
  onGiven,
}: {
  readonly onGiven: () => void | Promise<void>;
}): JSX.Element {
  const [key, setKey] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function tryKey(): Promise<void> {
    const given = key.trim();
    if (given === '') {
      setError('Type the key the server was started with.');
      return;
    }
    setBusy(true);
    hostKey.set(given);
    try {
      const { mayCreate } = await listMaps();
      if (mayCreate) await onGiven();
      else {
        hostKey.set(null);
        setError('This is not the server’s host key.');
      }
    } catch (failure) {
      hostKey.set(null);
      setError(explain(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="host-key"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void tryKey();
      }}
    >
      {/* Password managers file a key under a name; there is only one. */}
      <input type="text" name="username" autoComplete="username" value="host" readOnly hidden />
      <TextField
        label="Host key"
        type="password"
        autoComplete="current-password"
        value={key}
        onChange={(next) => {
          setKey(next);
          setError(undefined);
        }}
        error={error}
        description="Kept in this tab only, until you close it."
      />
      <Button type="submit" variant="primary" icon={KeyIcon} isPending={busy}>
        Sign in
      </Button>
    </form>
  );
}

export function HostKeyDialog({
  asked,
  onDone,
}: {
  readonly asked: boolean;
  readonly onDone: (given: boolean) => void;
}): JSX.Element {
  return (
    <Dialog
      title="The server wants its host key"
      width="s"
      isOpen={asked}
      onOpenChange={(isOpen) => {
        if (!isOpen) onDone(false);
      }}
    >
      <HostKeyForm onGiven={() => onDone(true)} />
    </Dialog>
  );
}
