// What is opened over any screen of a map: the palette, the list of keys, how the room felt.
import type { JSX } from 'react';
import { later, laterDialog } from '../later';
import { useBoard, useStore } from './use';

const Palette = later(async () => (await import('./Palette')).Palette);
const KeysDialog = later(async () => (await import('./KeysDialog')).KeysDialog);

const FeelingsDialog = laterDialog(
  async () => (await import('../feelings/FeelingsDialog')).FeelingsDialog,
);

export function Overlays(): JSX.Element {
  const board = useBoard();
  const dialog = useStore(board.dialog);
  return (
    <>
      {dialog === 'palette' ? <Palette /> : null}
      {dialog === 'keys' ? <KeysDialog /> : null}
      <FeelingsDialog isOpen={dialog === 'feelings'} />
    </>
  );
}
