// The workshop channel (tag 110) as the layers above see it: the latest shared and personal view,
// and a way to send a command. Views, not events: whoever missed one needs only the next. A command
// that was sent but not answered is sent again on the next connection, under the same request id;
// the server folds the repetition away.

import { encodeWorkshop } from '../wire/frames';
import { readServerMessage } from '../wire/read-message';
import type { ClientCommand, Done, Personal, Rejected, Shared } from '../wire/types';
import { createStore, type Store } from './store';

/**
 * How long after a step's clock began the server's time is asked for once more, and within how much longer, so that not everybody asks at
 * once. Milliseconds. A page that is busy, as it is while it draws that step, gets to a view late and takes it for nearer than it is.
 */
const AGAIN = 2_000;
const WITHIN = 6_000;

export interface WorkshopChannel {
  readonly shared: Store<Shared | null>;
  readonly personal: Store<Personal | null>;
  /** Resolves when the server has carried the command out; rejects with `CommandRefused`. */
  send(command: ClientCommand): Promise<Done>;
}

export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  constructor(
    readonly why: string,
    /** The rule of SPEC.md; empty when none was broken. */
    readonly rule: string,
  ) {
    super(why);
  }
}

/** The side of the channel that the connection drives. */
export interface WorkshopLink extends WorkshopChannel {
  opened(): void;
  /** Asks for both views anew, with the server's time in them. */
  ask(): void;
  receive(text: string): void;
  closed(): void;
}

interface Pending {
  readonly command: ClientCommand;
  readonly done: (answer: Done) => void;
  readonly failed: (error: CommandRefused) => void;
}

export function createWorkshop(
  /** Hands a frame to the socket; it is lost when there is none, which `opened` makes good. */
  transmit: (frame: Uint8Array) => void,
  onRejected: (reason: Rejected) => void,
  newRequest: () => string = randomRequest,
): WorkshopLink {
  const shared = createStore<Shared | null>(null);
  const personal = createStore<Personal | null>(null);
  const pending = new Map<string, Pending>();
  let asking: ReturnType<typeof setTimeout> | undefined;
  /** The deadline that the server's time was last asked for. */
  let until: number | undefined;

  return {
    shared,
    personal,
    send(command) {
      return new Promise((done, failed) => {
        const request = newRequest();
        pending.set(request, { command, done, failed });
        transmit(encodeWorkshop({ command, request }));
      });
    },
    ask,
    opened() {
      until = undefined;
      ask();
      for (const [request, { command }] of pending) {
        transmit(encodeWorkshop({ command, request }));
      }
    },
    receive(text) {
      const message = readServerMessage(text);
      if (message === undefined) return;
      if ('shared' in message) {
        shared.set(message.shared);
        askAgainFor(message.shared);
      } else if ('personal' in message) personal.set(message.personal);
      else if ('rejected' in message) onRejected(message.rejected);
      else if ('done' in message) take(message.done)?.done(message);
      else take(message.refused)?.failed(new CommandRefused(message.why, message.rule));
    },
    closed() {
      clearTimeout(asking);
      for (const request of [...pending.keys()]) {
        take(request)?.failed(
          new CommandRefused('The map was closed before the server answered.', ''),
        );
      }
    },
  };

  function ask(): void {
    transmit(encodeWorkshop({ hello: {} }));
  }

  function askAgainFor({ current }: Shared): void {
    const clock = current?.clock;
    const runs = clock !== undefined && 'runs' in clock ? clock.runs.until : undefined;
    if (runs === until) return;
    until = runs;
    clearTimeout(asking);
    if (runs !== undefined) asking = setTimeout(ask, AGAIN + Math.random() * WITHIN);
  }

  function take(request: string): Pending | undefined {
    const found = pending.get(request);
    pending.delete(request);
    return found;
  }
}

/** `crypto.randomUUID` exists on secure origins only; a workshop may run on a plain LAN address. */
function randomRequest(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
