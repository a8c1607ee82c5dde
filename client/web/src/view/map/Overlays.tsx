// What is opened over any screen of a map by a key: the palette and the list of keys.
import type { JSX } from 'react';
import { later } from '../later';
import { useBoard, useStore } from './use';

const Palette = later(async () => (await import('./Palette')).Palette);
const KeysDialog = later(async () => (await import('./KeysDialog')).KeysDialog);

export function Overlays(): JSX.Element | null {
  const board = useBoard();
  const dialog = useStore(board.dialog);
  if (dialog === 'palette') return <Palette />;
  return dialog === 'keys' ? <KeysDialog /> : null;
}
