// ARCHIVE-5 in the browser: a map served from its archive is shown whole, says what it is, offers nothing to edit with, and plays its history.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { openArchive } from '../harness/archive.mjs'
import { findsNothing } from '../harness/axe.mjs'
import { MapPage } from '../harness/map.mjs'
import { chromiumForAll, importMap, joinByLink, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('archive_5 an archive says what it is, is read and played, and nothing in it can be changed', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const bo = await person(t, browser(), { server, name: 'Bo' })
  const map = await joinByLink(bo, made)
  await map.addCard('Actions', 1, 'Written before it was taken away')
  await map.saved()
  await bo.page.goto('about:blank')
  const archive = await openArchive(server, made.id)
  t.after(() => archive.end())

  const ana = await person(t, browser(), { server: archive, name: 'Ana' })
  const { page } = ana
  await ana.open('/')
  await page.getByRole('heading', { name: 'This is an archive' }).waitFor()
  await ana.open(`/map/${made.id}`)
  await page.getByRole('listitem', { name: /Written before it was taken away/ }).waitFor()
  await page.getByText('Archive, to be read').waitFor()
  await page.getByText('An archive. Nothing in it changes.').waitFor()
  for (const name of ['Share', 'Undo', 'Redo', 'Card', 'Add lane']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name)
  }
  assert.equal(await page.locator('[data-save-state]').count(), 0)
  // Nor does a key change anything, here or there.
  const before = await request(archive.http, `/api/maps/${made.id}`)
  const shown = new MapPage(page)
  await shown.card('Written before it was taken away').focus()
  for (const key of ['Delete', 'n', 'x', 'Enter']) await page.keyboard.press(key)
  assert.equal(await shown.typing.count(), 0)
  assert.equal(await shown.card('Written before it was taken away').count(), 1)
  assert.deepEqual(await request(archive.http, `/api/maps/${made.id}`), before)
  await findsNothing(page, 'a map from its archive', 'main, header')
  await page.setViewportSize({ width: 1440, height: 900 })

  await ana.open(`/map/${made.id}/history`)
  await page.getByRole('slider', { name: 'Moment' }).press('End')
  await page.getByRole('listitem', { name: /Written before it was taken away; changed by: Bo/ }).waitFor()
})
