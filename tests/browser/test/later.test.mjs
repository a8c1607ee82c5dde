// What a map's page loads after the map is shown: it opens with the focus where it belongs however late it comes, and all of it opens
// without a connection.

import assert from 'node:assert/strict'
import test from 'node:test'
import { becomes, eventually } from '../harness/eventually.mjs'
import { standing } from '../harness/keys.mjs'
import { chromiumForAll, importMap, joinByLink, person, serverFor } from '../harness/workshop.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'

const browser = chromiumForAll()
const isOf = (name) => (url) => new RegExp(`/assets/${name}-[^/]*\\.js$`).test(url.pathname)

/** The files that the page loads when it is idle. */
const LATER = ['workshop', 'screens']

const field = (page) => page.evaluate(() => document.activeElement.closest('[data-field]')?.dataset.field ?? null)

test('a part that comes late has the focus when it is there, and its place before that', async (t) => {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = ana
  const held = []
  let isHeld = true
  await page.route(isOf('workshop'), (route) => (isHeld ? held.push(route) : route.fallback()))
  const comes = async () => {
    await eventually('it is asked for', () => held.length > 0)
    isHeld = false
    for (const route of held.splice(0)) await route.fallback()
  }
  const map = await joinByLink(ana, await importMap(server))

  await map.card('Compares listings').focus()
  await page.keyboard.press('Space')
  const panel = page.getByRole('complementary', { name: 'Card details' })
  await panel.waitFor()
  const { width } = await panel.boundingBox()
  assert.equal(await panel.getByRole('textbox').count(), 0, 'nothing of it has come yet')
  await comes()
  await becomes('its first field has the focus', () => field(page), 'text')
  assert.equal((await panel.boundingBox()).width, width, 'the map beside it stays where it was')
  await page.keyboard.press('Escape')
  await eventually('Esc goes back to the card', () => map.card('Compares listings').evaluate((card) => card === document.activeElement))

  isHeld = true
  await page.reload()
  await map.ready()
  await page.keyboard.press('Control+k')
  assert.equal(await page.getByRole('combobox').count(), 0, 'nothing of it has come yet')
  await comes()
  await becomes('the palette is typed in', () => standing(page), 'What to do or where to go')
})

test('without a connection everything of the page opens', async (t) => {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  ana.tolerate(SERVER_AWAY, /ERR_FAILED/)
  const { page } = ana
  const map = await joinByLink(ana, await importMap(server))
  // A busy page is idle late: the network alone does not tell that everything has come.
  await eventually('everything has come', async () => {
    const come = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    const missing = LATER.filter((file) => !come.some((name) => isOf(file)(new URL(name))))
    if (missing.length > 0) throw new Error(`not yet: ${missing.join(', ')}`)
    return true
  })
  await page.waitForLoadState('networkidle')
  await ana.context.setOffline(true)
  const asked = []
  await page.route(isOf('.*'), (route) => {
    asked.push(route.request().url())
    return route.abort()
  })

  await map.card('Compares listings').focus()
  await page.keyboard.press('Space')
  await becomes('details open', () => field(page), 'text')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('Escape')
  for (const [words, dialog] of [
    ['Show the personas', 'Whose journey'],
    ['Invite people', 'Invite people'],
    ['Your name and colour', 'Your name and colour'],
  ]) {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'What to do or where to go' }).fill(words)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: dialog }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: dialog }).waitFor({ state: 'detached' })
  }
  const screens = page.getByRole('navigation', { name: 'Screens of this map' })
  await screens.getByRole('link', { name: 'Opportunities' }).click()
  await page.getByRole('button', { name: 'Add an opportunities lane' }).waitFor()
  await screens.getByRole('link', { name: 'Report' }).click()
  await page.getByRole('article', { name: 'Report' }).waitFor()
  assert.deepEqual(asked, [], 'no script was asked for')
})
