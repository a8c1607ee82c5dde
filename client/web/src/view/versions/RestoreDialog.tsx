// Going back to a moment: what that would do to the map as it is now, and that it can be undone. Asked before, never after.
import { type JSX, useEffect, useState } from 'react';
import { countWords, restoreWords, sectionsOf } from '../../model/differences';
import { sidesQuery } from '../../model/moments';
import { CommandRefused } from '../../sync/workshop';
import { compareMaps } from '../../wire/past';
import { useBoard } from '../map/use';
import { Button, Dialog } from '../ui';
import { explain } from '../words';

type Outlook =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly why: string }
  /** What a comparison looks at is the same; comments and the order within cells may differ all the same. */
  | { readonly kind: 'alike' }
  | { readonly kind: 'differs'; readonly says: readonly string[] };

export function RestoreDialog({
  seq,
  name,
  onDone,
  onClose,
}: {
  readonly seq: number;
  readonly name: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { connection } = useBoard();
  const [outlook, setOutlook] = useState<Outlook>({ kind: 'asking' });
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);

  useEffect(() => {
    let left = false;
    compareMaps(connection.mapId, sidesQuery({ from: seq, to: 'now' })).then(
      (comparison) => {
        if (left) return;
        const sections = sectionsOf(comparison);
        setOutlook(
          countWords(sections) === ''
            ? { kind: 'alike' }
            : { kind: 'differs', says: restoreWords(sections) },
        );
      },
      (failure: unknown) => {
        if (!left) setOutlook({ kind: 'failed', why: explain(failure) });
      },
    );
    return () => {
      left = true;
    };
  }, [connection, seq]);

  async function restore(): Promise<void> {
    setPending(true);
    setError(undefined);
    try {
      await connection.workshop.send({ restore: { seq } });
      onDone();
    } catch (failure) {
      setError(failure instanceof CommandRefused ? failure.why : explain(failure));
      setPending(false);
    }
  }

  return (
    <Dialog
      title={`Restore “${name}”?`}
      role="alertdialog"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={outlook.kind === 'asking'}
            onPress={() => void restore()}
          >
            Restore
          </Button>
        </>
      }
    >
      <div className="ver-restore">
        <Says outlook={outlook} />
        <p className="ver-restore__safe">
          Everyone in the map sees the change at once. Nothing is lost: the map as it is now is kept
          as a version of its own, “Before a restore”.
        </p>
        {error === undefined ? null : (
          <p className="ver-restore__error" role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Says({ outlook }: { readonly outlook: Outlook }): JSX.Element {
  switch (outlook.kind) {
    case 'asking':
      return <p>Looking at what would change…</p>;
    case 'failed':
      return <p>What would change could not be found out. {outlook.why}</p>;
    case 'alike':
      return (
        <p>
          Stages, lanes and cards say now what they said then. What may differ is the order of the
          cards within a cell, and comments.
        </p>
      );
    case 'differs':
      return (
        <>
          <p>The map becomes what it was then:</p>
          <ul className="ver-restore__list">
            {outlook.says.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      );
  }
}
