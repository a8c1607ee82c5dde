// Asks once before somebody is taken out, and says what goes with them and what stays.
import { type JSX, useState } from 'react';
import type { Person, Role } from '../../wire/types';
import { useBoard } from '../map/use';
import { Button, CheckList, Dialog } from '../ui';
import { removePerson } from './crew';

/** The links somebody may know: those they came by or could hand on. */
const KNOWN: Readonly<Record<Role, readonly Role[]>> = {
  observer: ['observer'],
  participant: ['participant', 'observer'],
  facilitator: ['facilitator', 'participant', 'observer'],
};
const LINKS: Readonly<Record<Role, string>> = {
  facilitator: 'co-facilitators',
  participant: 'participants',
  observer: 'observers',
};

export function RemoveDialog({
  person,
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}): JSX.Element {
  const board = useBoard();
  const [links, setLinks] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const known = KNOWN[person.role];
  async function remove(): Promise<void> {
    setBusy(true);
    await removePerson(
      board,
      person,
      known.filter((role) => links.includes(role)),
    );
    onClose();
  }
  return (
    <Dialog
      title={`Remove ${person.name}?`}
      role="alertdialog"
      isOpen
      isDismissable={false}
      onOpenChange={onClose}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>
            Keep them
          </Button>
          <Button variant="danger" isPending={isBusy} onPress={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          They are out at once, on every device: their way back into this map ends, and nothing more
          is taken from them.
        </p>
        <p>
          What they wrote stays, with their name. So do the dots they placed. Cards of theirs that a
          brainstorm has not revealed yet go with them.
        </p>
        <CheckList
          label="An invite link still lets in whoever has it. Make a new one for:"
          values={links}
          onChange={setLinks}
          options={known.map((role) => ({ value: role, label: LINKS[role] }))}
        />
      </div>
    </Dialog>
  );
}
