// What is taken out again: a person with their words, and a whole map, by whoever has the server.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { findsNothing } from '../harness/axe.mjs'
import { becomes } from '../harness/eventually.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { chromiumForAll, comeIn, importMap, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** A facilitator on the machine of the server, who is its host, and a participant, whose name is nowhere else. */
async function anaAndBo(t) {
  const server = await serverFor(t)
  const made = await importMap(server)
  const [ana, bo] = await Promise.all(['Ana', 'Bohumil'].map((name) => person(t, browser(), { server, name })))
  const [a, b] = await Promise.all([comeIn(ana, made, 'facilitator'), comeIn(bo, made)])
  return { server, map: made.id, ana, bo, a, b }
}

const inside = (page) => page.evaluate(() => document.body.innerText)

test('ERASE-1 ERASE-5 a person is erased with their words, under the eyes of the others', async (t) => {
  const { server, map, ana, bo, a, b } = await anaAndBo(t)
  for (const user of [ana, bo]) user.tolerate(/WebSocket/, /\/me: .*\b401\b/)
  const { page } = ana
  await b.addCard('Touchpoints', 0, 'My own address')
  await b.saved()
  await a.card('My own address').waitFor()

  await page.getByRole('button', { name: /here.*Show everyone/ }).click()
  await page.getByRole('button', { name: 'Options for Bohumil' }).click()
  await page.getByRole('menuitem', { name: 'Erase from the history…' }).press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Erase Bohumil from this map?' })
  await dialog.waitFor()
  await findsNothing(page, 'the question before somebody is erased', '[role=alertdialog]')
  await dialog.getByRole('button', { name: 'Erase' }).press('Enter')
  await dialog.getByText('Type their name: Bohumil', { exact: true }).waitFor()
  await dialog.getByRole('textbox').fill('Bohumil')
  await page.keyboard.press('Enter')

  await b.page.getByRole('heading', { name: 'You are no longer in this map' }).waitFor()
  // Whoever did it is told so as well, and the last that is said stands.
  await page.getByText(/was erased from this map/).first().waitFor()
  await page.getByRole('listitem', { name: /█/ }).first().waitFor()
  assert.ok(!(await inside(page)).includes('My own address'))
  // Nor anywhere else, at no moment.
  const theirs = /My own address|\bBohumil\b/
  for (const path of ['', '/history', '/history/authors', '/export?format=md']) {
    const answer = await fetch(`${server.http}/api/maps/${map}${path}`)
    assert.equal(answer.status, 200, path)
    const text = await answer.text()
    assert.doesNotMatch(text, theirs, path)
  }
  // The map goes on.
  await a.addCard('Touchpoints', 0, 'And on it goes')
  await a.saved()
})

test('DELETE-1 a map is deleted by its title, and whoever is in it is told', async (t) => {
  const { server, map, ana, bo } = await anaAndBo(t)
  for (const user of [ana, bo]) user.tolerate(/WebSocket/, new RegExp(`/api/maps/${map}.*\\b404\\b`))
  const { page } = ana
  const { title } = await request(server.http, `/api/maps/${map}`)
  await page.getByRole('button', { name: 'More', exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Delete this map…' }).press('Enter')
  const dialog = page.getByRole('alertdialog', { name: `Delete “${title}”?` })
  await dialog.waitFor()
  await findsNothing(page, 'the question before a map is deleted', '[role=alertdialog]')
  await dialog.getByRole('textbox').fill(title)
  await page.keyboard.press('Enter')
  await bo.page.getByRole('heading', { name: 'This map was deleted' }).waitFor()
  await page.waitForURL(`${server.http}/`)
  assert.deepEqual((await request(server.http, '/api/maps')).maps, [])
  // A way back shows that there is none.
  await bo.page.reload()
  await bo.page.getByRole('heading', { level: 1 }).waitFor()
  assert.equal(await bo.page.getByRole('grid').count(), 0)
})

/** What of a map is in a browser's own stores. */
const keptOf = (page, map) =>
  page.evaluate(async (id) => {
    const copies = (await indexedDB.databases()).map(({ name }) => name)
    return [...copies, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) => name.includes(id)).sort()
  }, map)

test('DELETE-1 in a browser that was away, nothing of a deleted map is left or given back', async (t) => {
  const { server, map, ana, bo, a, b } = await anaAndBo(t)
  for (const user of [ana, bo]) user.tolerate(SERVER_AWAY, /WebSocket/, new RegExp(`/api/maps/${map}.*\\b404\\b`))
  await a.saved()
  // One has it open on a train, the other has closed it there, both with something unsent.
  for (const [user, at] of [[ana, a], [bo, b]]) {
    await user.context.setOffline(true)
    await at.says('Offline')
    await at.addCard('Actions', 1, 'Written in a tunnel')
    await at.waits()
  }
  assert.ok((await keptOf(ana.page, map)).includes(`cairn:${map}`))
  await bo.page.goto('about:blank')
  await request(server.http, `/api/maps/${map}`, { method: 'DELETE' })

  await ana.context.setOffline(false)
  await bo.context.setOffline(false)
  // Whichever of its pages one comes to.
  await bo.open(`/map/${map}/history`)
  for (const { page } of [ana, bo]) {
    await page.getByRole('heading', { name: 'This map was deleted' }).waitFor()
    assert.equal(await page.getByRole('dialog').count(), 0)
    await becomes('nothing of it is kept', () => keptOf(page, map), [])
  }
  await bo.page.reload()
  await bo.page.getByRole('heading', { name: 'There is no such map' }).waitFor()
})
