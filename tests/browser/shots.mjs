// A picture of every screen at two widths, light and dark, for looking at: `npm run shots`. No test.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Cairn } from '../conformance/harness/binary.mjs'
import { readSample } from './harness/samples.mjs'
import { launch, User } from './harness/users.mjs'
import { importMap, joinByLink } from './harness/workshop.mjs'

const into = process.env.SHOTS ?? '/tmp/browser-shots'
await mkdir(into, { recursive: true })

const server = await Cairn.start()
const browser = await launch()
const sizes = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844 } }

for (const [width, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark']) {
    const user = await User.open(browser, { server, name: 'Ana Ruiz', viewport, colorScheme, hasTouch: width === '390' })
    const { page } = user
    const shot = async (name) => {
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: join(into, `${name}-${width}-${colorScheme}.png`) })
    }
    // Maps are this server's, whoever looks: an empty home comes from a server of its own.
    const empty = await Cairn.start()
    await page.goto(empty.http)
    await page.getByRole('button', { name: 'New map' }).waitFor()
    await shot('home-empty')
    await page.getByRole('button', { name: 'New map' }).click()
    await page.getByRole('dialog').waitFor()
    await shot('new-map')
    await page.keyboard.press('Escape')
    await page.goto(`${empty.http}/map/nosuchmap0000000`)
    await page.getByRole('heading', { name: 'There is no such map' }).waitFor()
    await shot('no-such-map')
    await empty.end()

    const flat = await importMap(server, await readSample('renting-a-flat.current.json'))
    const blueprint = await importMap(server, await readSample('library-card.blueprint.json'))
    const day = await importMap(server, await readSample('nurse-night-shift.day.json'))
    await user.open(`/join/${flat.id}#${flat.invites.facilitator}`)
    await page.getByRole('textbox', { name: 'Your name' }).waitFor()
    await shot('join')
    const map = await joinByLink(user, flat, 'facilitator')
    await map.saved()
    const bo = await User.open(browser, { server, name: 'Bo' })
    const b = await joinByLink(bo, flat)
    await b.grid.getByRole('listitem').nth(4).focus()
    await b.page.keyboard.press('Enter')
    await b.typing.waitFor()
    await map.grid.getByRole('listitem', { name: /; here: Bo/ }).waitFor()
    await shot('map')
    await map.grid.getByRole('listitem').nth(1).focus()
    await page.keyboard.press('Enter')
    await map.typing.waitFor()
    await shot('map-typing')
    await page.keyboard.press('Escape')
    await map.grid.getByRole('listitem', { name: /^opportunity/i }).first().focus()
    await page.keyboard.press('Space')
    await page.getByRole('complementary', { name: 'Card details' }).waitFor()
    await shot('panel-opportunity')
    await page.getByRole('button', { name: 'Close details' }).click()
    await map.grid.getByRole('listitem', { name: /^feeling/i }).first().focus()
    await shot('map-feelings')
    await page.getByRole('button', { name: 'About this map' }).click()
    await page.getByRole('complementary', { name: 'About this map' }).waitFor()
    await shot('panel-map')
    await page.getByRole('button', { name: 'Close details' }).click()
    await map.grid.getByRole('columnheader').nth(1).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await shot('menu-stage')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('dialog').waitFor()
    await shot('share')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /people here/ }).click()
    await page.getByRole('dialog').waitFor()
    await shot('people')
    await page.keyboard.press('Escape')
    await map.grid.getByRole('listitem').nth(3).focus()
    await page.keyboard.press('Delete')
    await page.getByText(/^Deleted “/).first().waitFor()
    await shot('toast')
    await user.context.setOffline(true)
    await map.says('Offline')
    await map.addCard('Touchpoints', 0, 'Written offline')
    await shot('offline')
    await user.context.setOffline(false)
    await map.saved()
    await page.getByRole('link', { name: 'Opportunities' }).click()
    await page.getByRole('grid', { name: 'Opportunities' }).waitFor()
    await shot('opportunities')
    await page.getByRole('radio', { name: 'Matrix' }).click()
    await page.getByRole('grid', { name: 'Impact against effort' }).waitFor()
    await shot('opportunities-matrix')
    await bo.context.close()
    for (const [name, made] of Object.entries({ blueprint, day })) {
      await joinByLink(user, made)
      await map.saved()
      await shot(`map-${name}`)
    }
    await user.open('/')
    await page.getByRole('link').nth(2).waitFor()
    await shot('home-maps')
    await page.getByRole('button', { name: 'New map' }).click()
    await page.getByRole('dialog').getByText('Blank', { exact: true }).click()
    await page.getByRole('button', { name: 'Create map' }).click()
    await page.getByText('An empty map').waitFor()
    await shot('map-empty')
    await user.context.close()
  }
}
await browser.close()
await server.end()
console.log(`Pictures are in ${into}.`)
