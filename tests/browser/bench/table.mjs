// Medians, and the table that the bench prints.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export const heading = (title, how) => console.log(`\n${title}\n  ${how}`)

/** One figure: the median of its runs with the least and the most, and what is wanted of it. */
export function row(name, values, unit, wanted = '') {
  const shown = (value) => (Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0))
  const range = values.length > 1 ? `${shown(Math.min(...values))} … ${shown(Math.max(...values))}` : ''
  console.log(`  ${name.padEnd(46)} ${shown(median(values)).padStart(7)} ${unit.padEnd(9)} ${range.padEnd(16)} ${wanted}`.trimEnd())
}
