// The server's host key, when a person has given it: kept for this tab only, gone when it closes.
// Nothing but `api` sends it.

const SLOT = 'cairn.host-key';

export const hostKey = {
  get(): string | null {
    try {
      return sessionStorage.getItem(SLOT);
    } catch {
      return held;
    }
  },
  set(key: string | null): void {
    held = key;
    try {
      if (key === null) sessionStorage.removeItem(SLOT);
      else sessionStorage.setItem(SLOT, key);
    } catch {
      // Storage is switched off: the page itself remembers it until it is left.
    }
  },
};

let held: string | null = null;
