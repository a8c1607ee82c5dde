// Waiting for what two programs agree on at last, where no single event says so. The limit only ends a test that would otherwise hang.

const LIMIT = 60_000
const BETWEEN = 50

/** Asks again and again until `look` gives something true, and returns it; the message shows what `look` said last. */
export async function eventually(what, look, { limit = LIMIT } = {}) {
  const end = performance.now() + limit
  let last
  for (;;) {
    try {
      const seen = await look()
      if (seen) return seen
      last = seen
    } catch (error) {
      last = error
    }
    if (performance.now() > end) {
      throw new Error(`waited in vain until ${what}: ${last instanceof Error ? last.message : JSON.stringify(last)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN))
  }
}

/** Waits until `look` gives what `expected` is, and fails with both sides. */
export async function becomes(what, look, expected, options) {
  const wanted = JSON.stringify(expected)
  return eventually(
    what,
    async () => {
      const seen = JSON.stringify(await look())
      if (seen === wanted) return true
      throw new Error(`\n  wanted ${wanted}\n  seen   ${seen}`)
    },
    options,
  )
}
