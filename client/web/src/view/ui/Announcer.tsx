// What a screen reader is told, beyond what the focus says by itself: one polite region for the whole page, so that two messages never talk
// across each other. It is for what a person's own act has done and for what was done to the place they stand on; what others do elsewhere
// is never said. `say()` may be called from anywhere in view; `Announcer` is mounted once by the app.
import type { JSX } from 'react';
import { createStore } from '../../sync/store';
import { useStore } from '../use-store';

const told = createStore('');

/** Whether something was said in this turn, which nobody can have heard yet. */
let isUnheard = false;

/** With `also`, what was said in the same turn is said before it instead of being lost. */
export function say(text: string, also?: 'also'): void {
  const words = also === 'also' && isUnheard ? `${told.get()} ${text}` : text;
  if (!isUnheard) {
    isUnheard = true;
    setTimeout(() => {
      isUnheard = false;
    });
  }
  // The same words twice in a row are still said twice.
  told.set(told.get() === words ? `${words}\u00a0` : words);
}

export function Announcer(): JSX.Element {
  // A dialog hides everything around it from assistive technology but what is marked so: its messages must be heard.
  return (
    <div
      role="status"
      aria-live="polite"
      aria-atomic="true"
      className="visually-hidden"
      data-live-announcer="true"
    >
      {useStore(told)}
    </div>
  );
}
