// For tests only: a server that takes a file as slowly as a test wants it to.
import { vi } from 'vitest';

export interface Sent extends EventTarget {
  readonly upload: EventTarget;
}

export interface SlowServer {
  /** How many requests the browser gave up. */
  readonly aborted: number;
  /** Those that were sent, not answered yet. */
  readonly requests: readonly Sent[];
}

/** Says how much of a file is there, of ten. */
export function takes(request: Sent | undefined, loaded: number): void {
  const all = { loaded, total: 10, lengthComputable: true };
  request?.upload.dispatchEvent(Object.assign(new Event('progress'), all));
}

/** Answers nothing by itself: dispatch `load` at a request. Whoever calls unstubs the globals. */
export function slowServer(status: number, body: unknown): SlowServer {
  const seen = { aborted: 0, requests: [] as Sent[] };
  class Slow extends EventTarget implements Sent {
    readonly upload = new EventTarget();
    readonly status = status;
    readonly responseText = JSON.stringify(body);
    open(): void {}
    setRequestHeader(): void {}
    send(): void {
      seen.requests.push(this);
    }
    abort(): void {
      seen.aborted += 1;
      this.dispatchEvent(new Event('abort'));
    }
  }
  vi.stubGlobal('XMLHttpRequest', Slow);
  return seen;
}
