// People at the bench: browsers with nothing between them and the server, and the simulated rest of the room.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { binary } from '../../conformance/harness/binary.mjs'
import { MapPage } from '../harness/map.mjs'
import { figures, meterInPage } from './meter.mjs'

/** A browser context of its own, with all its movement, and a meter in its page. */
export async function visitor(browser, server) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  await context.addInitScript(meterInPage)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return { name: 'Ana', context, page, devtools, open: (path) => page.goto(server.http + path) }
}

/** Processor time the page's main thread has used so far. Seconds; unlike frames it is the same whatever else runs on the machine. */
async function busy({ devtools }) {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration').value
}

/** Goes to the join page and types a name; whoever presses Join is in. */
export async function atTheDoor(user, { id, invites }) {
  await user.open(`/join/${id}#${invites.participant}`)
  await user.page.getByRole('textbox', { name: 'Your name' }).fill(user.name)
  await user.page.evaluate(() => document.fonts.ready)
  return { join: user.page.getByRole('button', { name: 'Join' }), map: new MapPage(user.page) }
}

/** Thirty people, or as many as said, who write, move and remark until `end` is called. */
export function crowd(server, { id, invites }, { participants, seconds }) {
  const url = `${server.http}/join/${id}#${invites.participant}`
  const args = ['simulate', '--url', url, '--participants', String(participants), '--seconds', String(seconds)]
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'ignore'] })
  const ended = once(child, 'close')
  return {
    async end() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What the page goes through while something happens. */
export async function measured(user, happens) {
  const before = await busy(user)
  await user.page.evaluate(() => window.meter.start())
  await happens()
  const met = await user.page.evaluate(() => window.meter.stop())
  return figures({ ...met, busy: (await busy(user)) - before })
}

/** A window of `seconds` in which something is measured; `meanwhile` goes on as long as it may. */
export function during(user, seconds, meanwhile = async () => {}) {
  return measured(user, async () => {
    const until = performance.now() + 1000 * seconds
    const time = new Promise((resolve) => setTimeout(resolve, 1000 * seconds))
    await Promise.all([time, meanwhile(() => performance.now() < until)])
  })
}
