// A history of 100,000 records: until it plays, what it takes of memory, and how long a jump to any moment takes. The records are written as fast as
// the server takes them; their times do not change what is loaded and kept.

import { readFile } from 'node:fs/promises'
import { Client } from '../../conformance/harness/clients.mjs'
import { request } from '../../conformance/harness/maps.mjs'
import { eventually } from '../harness/eventually.mjs'
import { Member } from '../harness/facilitation.mjs'
import { grown } from '../harness/grown.mjs'
import { importMap, joinByLink } from '../harness/workshop.mjs'
import { visitor } from './people.mjs'
import { heading, row } from './table.mjs'

const RECORDS = Number(process.env.RECORDS ?? 100_000)
const WRITERS = 4
const JUMPS = 20
/** Edits between two turns of this process: the sockets need some, too. */
const AT_ONCE = 100

export async function history({ server, browser }) {
  heading('history', `${RECORDS} records on 300 cards by ${WRITERS} people, opened by a server that has just been started`)
  const made = await importMap(server, await grown(300))
  const lead = await Member.join(server, made, 'Fay', 'facilitator')
  await write(server, made)
  const ana = await visitor(browser, server)
  await joinByLink(ana, made)
  await ana.page.goto('about:blank')
  const last = await settled(server, made, lead.token)
  // So that nothing is at hand but what is on disk.
  await server.stop()
  await server.start()

  const began = performance.now()
  await ana.open(`/map/${made.id}/history`)
  const play = ana.page.getByRole('button', { name: 'Play', exact: true })
  await play.waitFor({ timeout: 120_000 })
  const first = await shown(ana.page)
  await play.click()
  await ana.page.waitForFunction((seq) => window.seqShown() > seq, first)
  const untilPlaying = performance.now() - began
  for (let faster = 0; faster < 6; faster += 1) await ana.page.keyboard.press('>')
  await ana.page.waitForFunction((seq) => window.seqShown() === seq, last, { timeout: 600_000 })
  const memory = await memoryOf(browser, ana)
  const jumps = []
  const slider = ana.page.getByRole('slider', { name: 'Moment' })
  const box = await slider.boundingBox()
  for (let jump = 1; jump <= JUMPS; jump += 1) {
    const before = await shown(ana.page)
    const at = performance.now()
    await ana.page.mouse.click(box.x + box.width * ((jump * 0.618) % 1), box.y + box.height / 2)
    await ana.page.waitForFunction((seq) => window.seqShown() !== seq, before)
    jumps.push(performance.now() - at)
  }
  row('from the address to the first change', [untilPlaying], 'ms', '2,000 or less')
  row('script memory, all of it played', [memory.heap], 'MB', '300 or less')
  row('memory of the page’s process', [memory.resident], 'MB')
  row('a jump to any moment, played before', jumps, 'ms')
  await ana.context.close()
}

/** People write letter by letter into cards of their own, and move one now and then. */
async function write(server, made) {
  const writers = []
  for (let one = 0; one < WRITERS; one += 1) {
    const member = await Member.join(server, made, `Writer ${one + 1}`)
    const client = new Client('3.1.0', server.sync, made.id, { token: member.token })
    await client.synced()
    writers.push(client)
  }
  for (let done = 0; done < RECORDS; done += 1) {
    const { doc } = writers[done % WRITERS]
    const cards = doc.getMap('cards')
    const ids = [...cards.keys()]
    const card = cards.get(ids[(Math.floor(done / 40) * 7 + (done % WRITERS)) % ids.length])
    if (done % 50 === 49) card.set('order', `a${done.toString(36)}`)
    else card.get('text').insert(card.get('text').length, done % 9 === 8 ? ' ' : String.fromCharCode(97 + (done % 26)))
    if (done % 45 === 44) card.get('text').delete(0, Math.min(30, card.get('text').length))
    if (done % AT_ONCE === AT_ONCE - 1) await drained(writers)
  }
  await drained(writers, 0)
  for (const one of writers) one.end()
}

/** No more waits for the sockets than they can take. */
async function drained(writers, most = 64 * 1024) {
  for (const { journal } of writers) {
    while (journal.last.bufferedAmount > most) await new Promise((next) => setTimeout(next, 5))
  }
  await new Promise((next) => setImmediate(next))
}

/** The last record, once no more come. */
async function settled(server, made, token) {
  const told = async () => (await request(server.http, `/api/maps/${made.id}/history`, { token })).seq
  let before = 0
  return eventually(
    'the server has taken everything',
    async () => {
      const now = await told()
      const isAll = now > RECORDS && now === before
      before = now
      return isAll && now
    },
    { limit: 600_000 },
  )
}

async function shown(page) {
  await page.evaluate(() => {
    window.seqShown = () => Number(/record (\d+) of/.exec(document.querySelector('.h-line__slider').getAttribute('aria-valuetext'))[1])
  })
  return page.evaluate(() => window.seqShown())
}

/** What scripts hold after a collection, and what the page's process holds. Megabytes. */
async function memoryOf(browser, { devtools }) {
  await devtools.send('HeapProfiler.enable')
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 2 ** 20
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
        return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
      }),
  )
  return { heap, resident: Math.max(...sizes) }
}
