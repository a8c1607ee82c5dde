// A map of 2,000 cards: scrolled from end to end, written in, and written in by others.

import { importMap } from '../harness/workshop.mjs'
import { grown } from '../harness/grown.mjs'
import { atTheDoor, crowd, during, measured, visitor } from './people.mjs'
import { heading, row } from './table.mjs'

const RUNS = Number(process.env.RUNS ?? 3)
/** Pixels a frame: 1,800 a second, a brisk swipe that goes on. */
const STEP = 30
const FRAMES = 600
/** Seconds. */
const WINDOW = 10

export async function large({ server, browser }) {
  heading('2,000 cards', 'scrolled by 30 pixels a frame, twice over the same part; then written in; then with ten others')
  const document = await grown(2000)
  const runs = []
  for (let run = 0; run < RUNS; run += 1) {
    const made = await importMap(server, document)
    const user = await visitor(browser, server)
    const { page } = user
    const { join, map } = await atTheDoor(user, made)
    await join.click()
    await map.saved()
    const scroll = () =>
      measured(user, () => page.evaluate(([step, frames]) => window.meter.scroll(step, frames), [STEP, FRAMES]))
    const scrolling = await scroll()
    const again = await scroll()
    const write = async () => {
      await map.grid.getByRole('listitem').first().focus()
      await page.keyboard.press('Enter')
      await map.typing.waitFor()
      return during(user, WINDOW, async (goesOn) => {
        while (goesOn()) await page.keyboard.type('and so forth ', { delay: 90 })
      })
    }
    const writing = await write()
    await page.keyboard.press('Escape')
    const others = crowd(server, made, { participants: 10, seconds: 60 })
    await page.getByRole('button', { name: /^11 people here/ }).waitFor({ timeout: 60_000 })
    const together = await write()
    await others.end()
    await user.context.close()
    runs.push({ scrolling, again, writing, together })
  }
  const part = (name, key, presses) => {
    const of = (read) => runs.map((run) => read(run[key]))
    row(name, of(({ perSecond }) => perSecond), 'frames/s', '30 or more')
    row('  its slowest second', of(({ slowest }) => slowest), 'frames', '30 or more')
    row('  processor time of the page', of(({ perFrame }) => perFrame), 'ms/frame')
    row('  longest task', of(({ longestTask }) => longestTask), 'ms')
    if (presses) row('  slowest key, until it is seen', of(({ slowestPress }) => slowestPress), 'ms')
  }
  part('scrolling, the first time', 'scrolling', false)
  part('scrolling, again', 'again', false)
  part('typing, alone', 'writing', true)
  part('typing, with ten others', 'together', true)
}
