// One person's page in a map of 300 cards while thirty others write in it, beside an empty page in the same room.

import { importMap } from '../harness/workshop.mjs'
import { grown } from '../harness/grown.mjs'
import { atTheDoor, crowd, during, visitor } from './people.mjs'
import { heading, row } from './table.mjs'

const RUNS = Number(process.env.RUNS ?? 3)
const OTHERS = 30
/** Seconds. */
const WINDOW = 15

export async function typing({ server, browser }) {
  heading('300 cards, 30 people typing', `${WINDOW} s of watching, ${WINDOW} s of typing along, then an empty page for ${WINDOW} s`)
  const document = await grown(300)
  const runs = []
  for (let run = 0; run < RUNS; run += 1) {
    const made = await importMap(server, document)
    const user = await visitor(browser, server)
    const { join, map } = await atTheDoor(user, made)
    await join.click()
    await map.saved()
    const others = crowd(server, made, { participants: OTHERS, seconds: 120 })
    await user.page.getByRole('button', { name: new RegExp(`^${OTHERS + 1} people here`) }).waitFor({ timeout: 60_000 })
    const watching = await during(user, WINDOW)
    await map.grid.getByRole('listitem').first().focus()
    await user.page.keyboard.press('Enter')
    await map.typing.waitFor()
    const along = await during(user, WINDOW, async (goesOn) => {
      while (goesOn()) await user.page.keyboard.type('and so forth ', { delay: 90 })
    })
    await user.context.close()
    const empty = await visitor(browser, server)
    await empty.page.goto('about:blank')
    const idle = await during(empty, WINDOW)
    await empty.context.close()
    await others.end()
    runs.push({ watching, along, idle })
  }
  const of = (read) => runs.map(read)
  const part = (name, key) => {
    row(name, of((run) => run[key].perSecond), 'frames/s', '50 or more')
    row('  beside the empty page', of((run) => run[key].perSecond / run.idle.perSecond), '×')
    row('  its slowest second', of((run) => run[key].slowest), 'frames')
    row('  longest task (0: none over 50 ms)', of((run) => run[key].longestTask), 'ms', 'under 100')
    row('  processor time of the page', of((run) => run[key].busy), 'ms/s')
  }
  row('an empty page', of(({ idle }) => idle.perSecond), 'frames/s')
  row('  its slowest second', of(({ idle }) => idle.slowest), 'frames')
  part('watching', 'watching')
  part('typing along', 'along')
  row('  slowest of one’s own keys, until it is seen', of(({ along }) => along.slowestPress), 'ms')
}
