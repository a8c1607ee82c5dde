// Work that can wait until the page has been drawn and has nothing else to do.

/** Does it once, then; the answer takes it back. Safari has no idle callback. */
export function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(act);
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(act, 200);
  return () => clearTimeout(timer);
}
