// Waiting for events, never for time. The limit only ends a test that would otherwise hang.

const LIMIT = 40_000

/**
 * Resolves once `condition()` holds. It is asked now and after each of the `sources`' events.
 * `sources` are `[emitter, event]` pairs of anything with `on` and `off`. `explain` adds to the message of a test that waits in vain.
 */
export function until(what, condition, sources, { limit = LIMIT, explain = () => '' } = {}) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer)
      for (const [emitter, event] of sources) emitter.off(event, check)
      settle(value)
    }
    // After the emitter has told everyone: a condition may look at what other listeners do.
    const check = () => queueMicrotask(ask)
    const ask = () => {
      try {
        if (condition()) end(resolve)
      } catch (error) {
        end(reject, error)
      }
    }
    const timer = setTimeout(() => end(reject, new Error(`waited in vain until ${what}. ${explain()}`)), limit)
    for (const [emitter, event] of sources) emitter.on(event, check)
    ask()
  })
}
