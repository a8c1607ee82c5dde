// Asks once before a map is deleted, and says what goes (DELETE). For the host, at home and in the map.
import type { JSX } from 'react';
import { deleteMap } from '../wire/api';
import { SureDialog, toast } from './ui';
import { explain, titleOf } from './words';

export function DeleteMapDialog({
  map,
  title,
  onDeleted,
  onClose,
}: {
  readonly map: string;
  readonly title: string;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const name = titleOf(title);
  async function remove(): Promise<string | undefined> {
    try {
      await deleteMap(map);
      toast({ title: `“${name}” was deleted`, tone: 'good' });
      onDeleted();
      return undefined;
    } catch (error) {
      return explain(error);
    }
  }
  return (
    <SureDialog
      title={`Delete “${name}”?`}
      name={name}
      what="the map’s title"
      act="Delete"
      onAct={remove}
      onClose={onClose}
    >
      <p>
        The map goes with its whole history, its versions, rounds and people, and its links open
        nothing any more. Whoever is in it is told. <strong>This cannot be undone.</strong>
      </p>
      <p>
        To keep it, export it first, or take it away whole with <code>cairn archive</code>.
        Archives, exports and backups made before are yours to delete.
      </p>
    </SureDialog>
  );
}
