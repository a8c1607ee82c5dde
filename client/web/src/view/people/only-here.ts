// Whoever runs Cairn on their own computer and opens it by a name that means "this computer" hands out links that lead nowhere for others.

/** What to say of links made on this page, if anything. */
export function onlyHere(hostname: string = location.hostname): string | null {
  const isLoopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return isLoopback
    ? 'Links from this address work on this computer alone. To invite others, open Cairn by the address at which they reach it.'
    : null;
}
