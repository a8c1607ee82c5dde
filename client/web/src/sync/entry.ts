// Whether this browser may still be in a map. A socket that is refused does not say why, so HTTP is asked. The connection says when one was
// refused or opened, and does what comes of it; nothing here touches socket or copy.
import { ApiError, saysNoSuchMap } from '../wire/problem';

/** What came of asking. */
export type Verdict =
  | { readonly kind: 'refused'; readonly error: ApiError }
  /** The map was deleted. */
  | { readonly kind: 'gone' }
  /** The server knows no such map, or did not when it was asked: another socket decides. */
  | { readonly kind: 'doubted' };

export interface Entry {
  /** A socket was closed before it opened. */
  refused(): void;
  opened(): void;
}

/** A server that is down refuses every attempt; asking about each would double them. */
const ASK_AGAIN_AFTER = 8000;

export function watchEntry(
  mayEnter: () => Promise<unknown>,
  decide: (verdict: Verdict) => void,
): Entry {
  let asking = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isDoubted = false;

  const hear = (error: unknown): void => {
    const wasDoubted = isDoubted;
    isDoubted = false;
    if (saysNoSuchMap(error)) {
      // An open server makes a map on first use (ROLE-9): gone is only what a socket is refused for once more.
      isDoubted = !wasDoubted;
      askedAt = Number.NEGATIVE_INFINITY;
      decide({ kind: wasDoubted ? 'gone' : 'doubted' });
    } else if (error instanceof ApiError && isRefusal(error)) decide({ kind: 'refused', error });
  };

  return {
    refused() {
      const now = performance.now();
      if (asking || now - askedAt < ASK_AGAIN_AFTER) return;
      asking = true;
      askedAt = now;
      mayEnter()
        .then(() => undefined, hear)
        .finally(() => {
          asking = false;
        });
    },
    opened() {
      isDoubted = false;
    },
  };
}

function isRefusal(error: ApiError): boolean {
  return error.kind === 'signed-out' || error.kind === 'forbidden' || error.kind === 'not-found';
}
