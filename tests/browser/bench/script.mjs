// What the browser takes in to show a map: as the server sends it, compressed.

import { importMap } from '../harness/workshop.mjs'
import { grown } from '../harness/grown.mjs'
import { atTheDoor, visitor } from './people.mjs'
import { heading, row } from './table.mjs'

export async function script({ server, browser }) {
  heading('What a map page takes in', 'as sent, compressed')
  const made = await importMap(server, await grown(20))
  const user = await visitor(browser, server)
  const { join, map } = await atTheDoor(user, made)
  await join.click()
  await map.saved()
  await user.open(`/map/${made.id}`)
  await map.saved()
  const sizes = await user.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => ({ name, size: encodedBodySize })),
  )
  const total = (ending) => sizes.filter(({ name }) => name.endsWith(ending)).reduce((sum, { size }) => sum + size, 0) / 1000
  row('script', [total('.js')], 'kB', 'under 300')
  row('styles', [total('.css')], 'kB')
  row('fonts', [total('.woff2')], 'kB')
  await user.context.close()
}
