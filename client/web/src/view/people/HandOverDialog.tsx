// Facilitation goes to somebody else: says what that does, and to whom.
import { type JSX, useState } from 'react';
import type { Person } from '../../wire/types';
import { useBoard } from '../map/use';
import { Button, Choice, Dialog, TextField } from '../ui';
import { ROLES } from '../words';
import { useShared } from '../workshop/use-workshop';
import { handOver } from './crew';
import { matching, rosterOf } from './roster';

/** Shown at once; a name that is typed finds the others. */
const MOST = 6;

export function HandOverDialog({
  to,
  onClose,
}: {
  readonly to: Person | undefined;
  readonly onClose: () => void;
}): JSX.Element {
  const board = useBoard();
  const shared = useShared();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(to?.id ?? '');
  const [isBusy, setBusy] = useState(false);
  const others = rosterOf(shared, board.me).filter(({ isSelf }) => !isSelf);
  const person = others.find((row) => row.person.id === chosen)?.person;
  const found = matching(others, query).map((row) => row.person);
  const shown = found.slice(0, MOST);
  async function go(whom: Person): Promise<void> {
    setBusy(true);
    await handOver(board, whom);
    onClose();
  }
  return (
    <Dialog
      title={to === undefined ? 'Hand over facilitation' : `Hand over facilitation to ${to.name}?`}
      width="s"
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>
            Keep facilitating
          </Button>
          <Button
            variant="primary"
            isDisabled={person === undefined}
            isPending={isBusy}
            onPress={() => {
              if (person !== undefined) void go(person);
            }}
          >
            Hand over
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          {person?.name ?? 'Whoever you choose'} becomes a facilitator first, then you become a
          participant. The agenda, its clock and open rounds go on; only a facilitator can make you
          one again.
        </p>
        {to !== undefined ? null : others.length === 0 ? (
          <p>Nobody else has joined yet. Invite somebody first.</p>
        ) : (
          <>
            {others.length <= MOST ? null : (
              <TextField
                label={`Search ${others.length} people`}
                value={query}
                onChange={setQuery}
              />
            )}
            {shown.length === 0 ? (
              <p>Nobody here is called so.</p>
            ) : (
              <Choice
                label="To whom"
                look="cards"
                value={chosen}
                onChange={setChosen}
                options={shown.map((one) => ({
                  value: one.id,
                  label: one.name,
                  description: `${ROLES[one.role]}${one.online ? '' : ', away'}`,
                }))}
              />
            )}
            {found.length > MOST ? <p>{found.length - MOST} more: type a name.</p> : null}
          </>
        )}
      </div>
    </Dialog>
  );
}
