// Axe on the screens around a map: home, new map, joining, and pages that only have something to say.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { chromiumForAll, importMap, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

async function visitor(t) {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  return { server, ana, page: ana.page }
}

test('home, empty and with maps, and the dialog for a new one', async (t) => {
  const { server, ana, page } = await visitor(t)
  await ana.open('/')
  await page.getByRole('button', { name: 'New map' }).waitFor()
  await findsNothing(page, 'home without maps')
  await page.getByRole('button', { name: 'New map' }).click()
  await page.getByRole('dialog', { name: 'New map' }).waitFor()
  await findsNothing(page, 'the dialog for a new map')
  await page.keyboard.press('Escape')
  await importMap(server)
  await page.reload()
  await page.getByRole('link', { name: /Small map/ }).waitFor()
  await findsNothing(page, 'home with a map')
})

test('an import that failed', async (t) => {
  const { ana, page } = await visitor(t)
  ana.tolerate(/\b422\b/)
  await ana.open('/')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'import a file' }).click()
  await (await choosing).setFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{"format":"cairn.map/1","title":7}') })
  await page.getByRole('alert').waitFor()
  await findsNothing(page, 'home with a failed import')
})

test('joining, with and without a name, and with an invite that is refused', async (t) => {
  const { server, ana, page } = await visitor(t)
  ana.tolerate(/\/api\/join: .*\b40[134]\b/)
  const { id } = await importMap(server)
  await ana.open(`/join/${id}#${'x'.repeat(43)}`)
  await page.getByRole('textbox', { name: 'Your name' }).waitFor()
  await findsNothing(page, 'join')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('Type the name the others will see.').waitFor()
  await findsNothing(page, 'join without a name')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ana')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('alert').waitFor()
  await findsNothing(page, 'join with a refused invite')
})

test('a map that is not there', async (t) => {
  const { ana, page } = await visitor(t)
  ana.tolerate(/\/me: .*\b404\b/)
  await ana.open('/map/nosuchmap0000000')
  await page.getByRole('heading', { name: 'There is no such map' }).waitFor()
  await findsNothing(page, 'a map that is not there')
})

test('signing in as host', async (t) => {
  const server = await serverFor(t, { args: ['--host-key', 'a key that nobody guesses'] })
  const ana = await person(t, browser(), { server, name: 'Ana' })
  await ana.open('/')
  await ana.page.getByRole('heading', { name: 'Sign in as host' }).waitFor()
  await findsNothing(ana.page, 'home that asks for the host key')
})
