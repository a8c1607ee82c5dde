// Seeded randomness (mulberry32): a failing plan is run again from the seed in its message.

export function randomFrom(seed) {
  let state = seed >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = state
    x = Math.imul(x ^ (x >>> 15), x | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
  /** An integer in 0 … `bound` − 1. */
  const below = (bound) => Math.floor(fraction() * bound)
  return {
    fraction,
    below,
    /** True once in `n`. */
    oneIn: (n) => below(n) === 0,
    pick: (list) => list[below(list.length)],
  }
}
