// What the editor does for one's eyes and hands, measured in a real browser against the real server. No test: it proves nothing and
// fails over nothing but an error. `npm run bench`, or with the sections' names: `node bench/run.mjs typing large`.

import { availableParallelism, loadavg } from 'node:os'
import { binary, Cairn } from '../../conformance/harness/binary.mjs'
import { launch } from '../harness/users.mjs'
import { history } from './history.mjs'
import { large } from './large.mjs'
import { opening } from './opening.mjs'
import { script } from './script.mjs'
import { typing } from './typing.mjs'

const SECTIONS = { script, opening, typing, large, history }

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in SECTIONS))
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}.`)
  process.exit(2)
}

const load = () => loadavg()[0].toFixed(1)
console.log(`${availableParallelism()} processors, load ${load()}; ${/release/.test(binary) ? 'release build' : binary}`)
console.log('Median of the runs, the least and the most of them, and what is wanted.')
const server = await Cairn.start()
const browser = await launch()
try {
  for (const name of asked.length > 0 ? asked : Object.keys(SECTIONS)) await SECTIONS[name]({ server, browser })
} finally {
  await browser.close()
  await server.end()
}
console.log(`\nLoad at the end ${load()}.`)
