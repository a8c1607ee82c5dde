// Asks once before somebody is erased, and says what goes and what stays (ERASE). For the host.
import type { JSX } from 'react';
import { erasePerson } from '../../wire/api';
import type { Person } from '../../wire/types';
import { useBoard } from '../map/use';
import { SureDialog, toast } from '../ui';
import { explain } from '../words';

export function EraseDialog({
  person,
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}): JSX.Element {
  const { mapId } = useBoard().connection;
  async function erase(): Promise<string | undefined> {
    try {
      await erasePerson(mapId, person.id);
      toast({ title: `${person.name} was erased from this map`, tone: 'good' });
      return undefined;
    } catch (error) {
      return explain(error);
    }
  }
  return (
    <SureDialog
      title={`Erase ${person.name} from this map?`}
      name={person.name}
      what="their name"
      act="Erase"
      onAct={erase}
      onClose={onClose}
    >
      <p>
        Their name and everything they wrote go, from the map and from every moment of its history.
        Marks stand where their words stood. They are out at once.{' '}
        <strong>This cannot be undone.</strong>
      </p>
      <p>
        What others wrote stays, also about them, and so do the dots they placed. Archives, exports
        and backups made before are yours to delete.
      </p>
      <p>
        Cards that they wrote in an unsigned brainstorm go, too: whoever remembers one learns that
        it was theirs.
      </p>
    </SureDialog>
  );
}
