// What is opened over any screen of a map by a key: the palette and the list of keys. Loaded when first asked for.
import { type JSX, lazy, Suspense } from 'react';
import { useBoard, useStore } from './use';

const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }));
const KeysDialog = lazy(async () => ({ default: (await import('./KeysDialog')).KeysDialog }));

export function Overlays(): JSX.Element | null {
  const board = useBoard();
  const dialog = useStore(board.dialog);
  if (dialog === 'palette') {
    return (
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
    );
  }
  return dialog === 'keys' ? (
    <Suspense fallback={null}>
      <KeysDialog />
    </Suspense>
  ) : null;
}
