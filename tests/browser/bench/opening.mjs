// From the click to cards on the screen: the first visit through Join, and a later one from home.

import { importMap } from '../harness/workshop.mjs'
import { grown } from '../harness/grown.mjs'
import { atTheDoor, visitor } from './people.mjs'
import { heading, row } from './table.mjs'

const RUNS = Number(process.env.RUNS ?? 5)

export async function opening({ server, browser }) {
  for (const [cards, wanted] of [[300, 'under 1000'], [2000, '']]) {
    const document = await grown(cards)
    heading(`Opening a map of ${cards} cards`, 'from the click until its cards are painted')
    const seen = { join: [], home: [], again: [] }
    for (let run = 0; run < RUNS; run += 1) {
      const made = await importMap(server, document)
      const user = await visitor(browser, server)
      const { page } = user
      const clicked = async (target) => {
        const cardsSeen = page.evaluate(() => window.meter.untilCards())
        await target.click()
        return (await cardsSeen).time
      }
      const { join, map } = await atTheDoor(user, made)
      seen.join.push(await clicked(join))
      await map.saved()
      await user.open('/')
      const entry = page.locator(`a[href="/map/${made.id}"]`)
      await entry.waitFor()
      seen.home.push(await clicked(entry))
      await map.saved()
      await page.getByRole('link', { name: 'All maps' }).click()
      await entry.waitFor()
      seen.again.push(await clicked(entry))
      await user.context.close()
    }
    row('Join, never here before', seen.join, 'ms', wanted)
    row('the map on home, after a reload', seen.home, 'ms', wanted)
    row('the map on home, a second time', seen.again, 'ms', wanted)
  }
}
