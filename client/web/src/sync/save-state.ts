// Whether what was typed is safe, as a pure machine: events in, next state and perhaps a barrier to
// send out. It never says "saved" unless the newest barrier of the present connection came back and
// covers every own change. `connection` feeds it; it reads no clock and owns no socket.

export interface SaveState {
  readonly kind: 'connecting' | 'saving' | 'saved' | 'offline';
  /** Own changes the server has not yet confirmed to be on disk. */
  readonly waiting: number;
}

export interface Saving {
  /**
   * `starting`: the first attempt is under way. `down`: no connection. `open`: the socket is open, but
   * the server has not yet been given what it lacks. `live`: it has; a barrier now covers everything.
   */
  readonly link: 'starting' | 'down' | 'open' | 'live';
  /** The connection looks open, but has been silent for too long. */
  readonly silent: boolean;
  /** Own changes made, and how many of them a barrier has confirmed. */
  readonly made: number;
  readonly confirmed: number;
  /** A barrier of this connection came back. */
  readonly proven: boolean;
  readonly lastBarrier: number;
  /** One at a time: the next goes out when this one is back, so a fast typist costs one per trip. */
  readonly inFlight: { readonly counter: number; readonly covers: number } | null;
}

export type SaveEvent =
  | { readonly type: 'changed' }
  | { readonly type: 'opened' }
  /** The server asked what it lacks, and the answer has been handed to the socket. */
  | { readonly type: 'answered' }
  | { readonly type: 'echo'; readonly counter: number }
  | { readonly type: 'probe' }
  | { readonly type: 'silent' }
  | { readonly type: 'heard' }
  | { readonly type: 'closed' }
  | { readonly type: 'gave-up' };

export interface SaveStep {
  readonly next: Saving;
  /** The counter of a barrier to send now. */
  readonly barrier?: number;
}

/** `waiting`: changes an earlier visit left unconfirmed in this browser's copy. */
export function startSaving(waiting: number): Saving {
  return {
    link: 'starting',
    silent: false,
    made: waiting,
    confirmed: 0,
    proven: false,
    lastBarrier: 0,
    inFlight: null,
  };
}

export function step(state: Saving, event: SaveEvent): SaveStep {
  switch (event.type) {
    case 'changed': {
      const next = { ...state, made: state.made + 1 };
      return state.link === 'live' && state.inFlight === null ? withBarrier(next) : { next };
    }
    case 'opened':
      return {
        next: { ...state, link: 'open', silent: false, proven: false, inFlight: null },
      };
    case 'answered':
      // Every later answer is covered by a later barrier too: a resync may carry old changes.
      return withBarrier({ ...state, link: 'live', inFlight: null });
    case 'probe':
      return state.link === 'live' && state.inFlight === null
        ? withBarrier(state)
        : { next: state };
    case 'echo': {
      // An echo of an earlier connection, or of a barrier given up, proves nothing.
      if (state.inFlight === null || event.counter !== state.inFlight.counter) {
        return { next: state };
      }
      const next = {
        ...state,
        confirmed: state.inFlight.covers,
        inFlight: null,
        proven: true,
        silent: false,
      };
      return next.made > next.confirmed ? withBarrier(next) : { next };
    }
    case 'silent':
      return { next: state.link === 'down' ? state : { ...state, silent: true } };
    case 'heard':
      return { next: state.silent ? { ...state, silent: false } : state };
    case 'closed':
      return { next: { ...state, link: 'down', silent: false, proven: false, inFlight: null } };
    case 'gave-up':
      return { next: state.link === 'starting' ? { ...state, link: 'down' } : state };
  }
}

export function shown(state: Saving): SaveState {
  const waiting = state.made - state.confirmed;
  if (state.link === 'down' || state.silent) return { kind: 'offline', waiting };
  if (state.link === 'starting') return { kind: 'connecting', waiting };
  if (waiting > 0) return { kind: 'saving', waiting };
  return { kind: state.link === 'live' && state.proven ? 'saved' : 'connecting', waiting };
}

function withBarrier(state: Saving): SaveStep {
  const counter = state.lastBarrier + 1;
  return {
    next: { ...state, lastBarrier: counter, inFlight: { counter, covers: state.made } },
    barrier: counter,
  };
}
