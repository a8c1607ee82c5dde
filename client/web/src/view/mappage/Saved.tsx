// Saving…, Saved, or Offline with what is waiting. True at every moment; calm to the eye: while
// somebody types it says Saving… throughout instead of flickering. Only going offline and coming back
// is announced.
import { type JSX, useEffect, useRef, useState } from 'react';
import type { SaveState } from '../../sync/connection';
import type { Store } from '../../sync/store';
import { CheckIcon, CloudOffIcon, say } from '../ui';
import { useStore } from '../use-store';
import { count } from '../words';

/** Saying "Saving…" a little longer than needed is never untrue to anyone's cost. */
const LINGER = 600;

export function Saved({ status }: { readonly status: Store<SaveState> }): JSX.Element {
  const state = useLingering(useStore(status));
  useAnnouncement(state);
  return (
    <div className={`saved saved--${state.kind}`} data-save-state={state.kind}>
      <span className="saved__icon">
        {state.kind === 'saved' ? (
          <CheckIcon size={16} />
        ) : state.kind === 'offline' ? (
          <CloudOffIcon size={16} />
        ) : (
          <span className="saved__dot" />
        )}
      </span>
      <span className="saved__words">{saveWords(state)}</span>
      {state.kind === 'offline' ? (
        <span className="saved__short" aria-hidden="true">
          {state.waiting === 0 ? 'Offline' : state.waiting}
        </span>
      ) : null}
    </div>
  );
}

export function saveWords(state: SaveState): string {
  switch (state.kind) {
    case 'connecting':
      return 'Connecting…';
    case 'saving':
      return 'Saving…';
    case 'saved':
      return 'Saved';
    case 'offline':
      return state.waiting === 0
        ? 'Offline'
        : `Offline: ${count(state.waiting, 'change', 'changes')} waiting`;
  }
}

/** Holds `saving` for a moment before `saved`; everything else shows at once. */
function useLingering(state: SaveState): SaveState {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    if (state.kind !== 'saved') {
      setShown(state);
      return;
    }
    const timer = setTimeout(() => setShown(state), LINGER);
    return () => clearTimeout(timer);
  }, [state]);
  return state.kind === 'saved' ? shown : state;
}

function useAnnouncement(state: SaveState): void {
  const wasOffline = useRef(false);
  useEffect(() => {
    if (state.kind === 'offline' && !wasOffline.current) {
      wasOffline.current = true;
      say('Offline. Your changes are kept in this browser.');
    } else if (state.kind === 'saved' && wasOffline.current) {
      wasOffline.current = false;
      say('Back online. Everything is saved.');
    }
  }, [state]);
}
