// Keys of one character (N, X, ?, +) can be switched off: who speaks to their computer, or rests a hand on the keyboard, would else do
// things with every word (WCAG 2.1.4). Everything they do has another way: the palette, a menu, a button.
import { createStore } from '../../../sync/store';
import { rememberedSingleKeys, rememberSingleKeys } from '../../remembered';

export const singleKeys = createStore(rememberedSingleKeys());

export function setSingleKeys(on: boolean): void {
  singleKeys.set(on);
  rememberSingleKeys(on);
}

/** Whether that key, pressed with these held, is to be taken for a letter that somebody said. */
export function isSwitchedOff(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): boolean {
  const isSingle = event.key.trim().length === 1;
  return isSingle && !event.ctrlKey && !event.metaKey && !event.altKey && !singleKeys.get();
}
