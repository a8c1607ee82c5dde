// One person's page in a map of 300 cards while thirty others write in it, beside an empty page in the same room.

import { importMap } from '../harness/workshop.mjs'
import { grown } from '../harness/grown.mjs'
import { atTheDoor, crowd, measured, visitor } from './people.mjs'
import { figures } from './meter.mjs'
import { heading, row } from './table.mjs'

const RUNS = 3
const OTHERS = 30
/** Seconds. */
const WINDOW = 15
const TEXT = 'Everybody writes at once and nobody waits for anybody. '

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
    const watching = figures(await measured(user.page, WINDOW))
    await map.grid.getByRole('listitem').first().focus()
    await user.page.keyboard.press('Enter')
    await map.typing.waitFor()
    const along = figures(
      await measured(user.page, WINDOW, async (goesOn) => {
        while (goesOn()) await user.page.keyboard.type(TEXT.slice(0, 11), { delay: 90 })
      }),
    )
    await user.context.close()
    const empty = await visitor(browser, server)
    await empty.page.goto('about:blank')
    const idle = figures(await measured(empty.page, WINDOW))
    await empty.context.close()
    await others.end()
    runs.push({ watching, along, idle })
  }
  const of = (read) => runs.map(read)
  row('an empty page', of(({ idle }) => idle.perSecond), 'frames/s')
  row('watching', of(({ watching }) => watching.perSecond), 'frames/s', '50 or more')
  row('  beside the empty page', of(({ watching, idle }) => watching.perSecond / idle.perSecond), '×')
  row('  its slowest second', of(({ watching }) => watching.slowest), 'frames')
  row('  longest task (0: none over 50 ms)', of(({ watching }) => watching.longestTask), 'ms', 'under 100')
  row('typing along', of(({ along }) => along.perSecond), 'frames/s', '50 or more')
  row('  beside the empty page', of(({ along, idle }) => along.perSecond / idle.perSecond), '×')
  row('  its slowest second', of(({ along }) => along.slowest), 'frames')
  row('  longest task', of(({ along }) => along.longestTask), 'ms', 'under 100')
  row('  slowest of one’s own keys, until it is seen', of(({ along }) => along.slowestPress), 'ms')
}
