// Asks before something that cannot be undone: what goes, what stays, and a name to type, so that nobody does it by habit.
import { type FormEvent, type JSX, type ReactNode, useState } from 'react';
import { FormDialog } from './FormDialog';
import { TextField } from './TextField';

export function SureDialog({
  title,
  name,
  what,
  act,
  onAct,
  onClose,
  children,
}: {
  readonly title: string;
  /** What is to be typed. */
  readonly name: string;
  /** What that is: `their name`, `the map’s title`. */
  readonly what: string;
  /** What the button says. */
  readonly act: string;
  /** Does it; says why it could not, if it could not. */
  readonly onAct: () => Promise<string | undefined>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): JSX.Element {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const isTyped = sameWords(typed, name);
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    if (!isTyped) {
      setError(`Type ${what}: ${name}`);
      return;
    }
    setBusy(true);
    const why = await onAct();
    setBusy(false);
    if (why === undefined) onClose();
    else setError(why);
  }
  return (
    <FormDialog
      title={title}
      role="alertdialog"
      isOpen
      isDismissable={false}
      onOpenChange={onClose}
      send={act}
      variant="danger"
      isPending={isBusy}
    >
      {(form) => (
        <form id={form} className="stack" onSubmit={(event) => void send(event)}>
          {children}
          <TextField
            label={`To confirm, type ${what}: ${name}`}
            value={typed}
            autoComplete="off"
            onChange={(next) => {
              setTyped(next);
              setError(undefined);
            }}
            error={error}
          />
        </form>
      )}
    </FormDialog>
  );
}

/** As somebody types it: white space at the ends and in a row does not count, nor how letters were composed. */
function sameWords(one: string, other: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ');
  return plain(one) === plain(other);
}
