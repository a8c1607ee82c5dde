// Asks before more cards are pasted than anybody is likely to have meant.
import type { JSX } from 'react';
import { Button, Dialog } from '../ui';
import { bigPaste } from './clipboard';
import { useStore } from './use';

export function BigPasteDialog(): JSX.Element | null {
  const asked = useStore(bigPaste);
  if (asked === null) return null;
  const close = (): void => bigPaste.set(null);
  return (
    <Dialog
      title={`Paste ${asked.count} cards?`}
      role="alertdialog"
      width="s"
      isOpen
      onOpenChange={close}
      footer={
        <>
          <Button variant="ghost" onPress={close}>
            Cancel
          </Button>
          <Button
            variant="primary"
            onPress={() => {
              close();
              // The focus is back in the map first.
              requestAnimationFrame(() => requestAnimationFrame(asked.go));
            }}
          >
            {`Paste ${asked.count} cards`}
          </Button>
        </>
      }
    >
      <p>Each row on the clipboard becomes a card. One undo takes all of them back.</p>
    </Dialog>
  );
}
