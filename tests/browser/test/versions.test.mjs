// Versions: a moment is saved, looked at, compared with now and brought back, by keyboard, while somebody else goes on typing; and a map is
// compared with the future state that improves on it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { findsNothing } from '../harness/axe.mjs'
import { eventually } from '../harness/eventually.mjs'
import { readSample } from '../harness/samples.mjs'
import { chromiumForAll, importMap, joinByLink, person, SMALL_MAP, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const menu = async (page, name) => {
  await page.getByRole('button', { name: 'More', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name }).click()
}

const toMap = (page) => page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: 'Map' }).click()

test('a version is saved, looked at, compared with now, and restored while somebody else types', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => person(t, browser(), { server, name })))
  const map = await joinByLink(ana, made, 'facilitator')
  const other = await joinByLink(bo, made)
  const { page } = ana

  await menu(page, 'Versions')
  await page.getByRole('heading', { name: 'No version yet' }).waitFor()
  await page.getByRole('button', { name: 'Save a version' }).press('Enter')
  const naming = page.getByRole('dialog', { name: 'Save a version' })
  await naming.getByRole('textbox', { name: 'Name' }).waitFor()
  await page.keyboard.press('Enter')
  await naming.getByText('Type a name that says what this moment is.').waitFor()
  await page.keyboard.type('Before the change')
  await page.keyboard.press('Enter')
  const row = page.getByRole('list', { name: 'Versions' }).getByRole('listitem').filter({ hasText: 'Before the change' })
  await row.getByText(/Ana/).waitFor()

  await toMap(page)
  await map.edit('Compares listings')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Compares many listings')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await map.addCard('Actions', 1, 'Fills in a form')
  await map.saved()
  // Who looks on at the old map changes nothing of the new one.
  await menu(page, 'Versions')
  await row.getByRole('button', { name: 'Look at Before the change' }).press('Enter')
  await page.getByText('to look at only').waitFor()
  await map.card('Compares listings').waitFor()
  assert.equal(await map.card('Fills in a form').count(), 0)
  await map.cell('Actions', 1).focus()
  await page.keyboard.press('n')
  assert.equal(await map.typing.count(), 0)
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByRole('button', { name: 'Compare with now' }).press('Enter')
  await page.getByRole('status').filter({ hasText: '1 added, 1 reworded' }).waitFor()
  const cards = page.getByRole('region', { name: /^Cards/ })
  await cards.getByRole('listitem').filter({ hasText: 'Fills in a form' }).getByText('Added').waitFor()
  const reworded = cards.getByRole('listitem').filter({ hasText: 'listings' })
  assert.equal((await reworded.locator('ins').innerText()).replace(/\s+/g, ' ').includes('many'), true)
  await findsNothing(page, 'a comparison', 'main')
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.goBack()
  await page.goBack()
  await row.getByRole('button', { name: 'More for Before the change' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Restore…' }).press('Enter')
  const asked = page.getByRole('alertdialog', { name: /Restore/ })
  await asked.getByText('1 thing that was added since is taken away').waitFor()
  await findsNothing(page, 'the question before a restore', '[role=alertdialog]')
  await page.setViewportSize({ width: 1440, height: 900 })
  await other.addCard('Touchpoints', 2, 'Written meanwhile')
  await other.saved()
  await asked.getByRole('button', { name: 'Restore', exact: true }).press('Enter')
  await asked.waitFor({ state: 'detached' })
  // What it took away is a version of its own.
  const kept = page.getByRole('list', { name: 'Versions' }).getByRole('listitem').filter({ hasText: 'Before a restore' })
  await kept.getByText('automatic').waitFor()
  await findsNothing(page, 'the list of versions', 'main')
  await page.setViewportSize({ width: 1440, height: 900 })
  await other.card('Compares listings').waitFor()
  await eventually('the other one sees the map of then', async () => (await other.card('Fills in a form').count()) === 0)
  // And goes on typing in it: undo takes back own edits alone.
  await other.addCard('Actions', 2, 'Typed after the restore')
  await bo.page.keyboard.press('Control+z')
  await other.card('Typed after the restore').waitFor({ state: 'detached' })
  await other.card('Compares listings').waitFor()
  await other.saved()

  await kept.getByRole('button', { name: 'Compare Before a restore with now' }).press('Enter')
  await page.getByRole('status').filter({ hasText: 'removed' }).waitFor()

  // It is a moment of the map's history, and what it took away is there just before it.
  await menu(page, 'History')
  await page.getByRole('button', { name: /^Went back.*Ana/ }).click()
  await map.card('Compares listings').waitFor()
  assert.equal(await map.card('Fills in a form').count(), 0)
  await page.keyboard.press(',')
  await map.card('Fills in a form').waitFor()
})

test('a review that is overdue is said in the bar and done from there; what changed since is told without what was before it', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, { ...SMALL_MAP, review: { everyDays: 30, lastReviewed: '2026-01-05' } })
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const map = await joinByLink(ana, made, 'facilitator')
  const { page } = ana
  await map.addCard('Actions', 1, 'Written before the review')
  const badge = page.getByRole('banner').getByRole('button', { name: /^Review overdue by \d+ days$/ })
  await badge.press('Enter')
  const since = page.getByRole('link', { name: 'What changed since the last review' })
  await eventually('the review has the focus', () => since.evaluate((link) => document.activeElement === link))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await badge.waitFor({ state: 'detached' })
  await map.saved()
  await map.edit('Compares listings')
  await page.keyboard.type(' at night')
  await page.keyboard.press('Enter')
  await map.saved()
  await map.does('About this map')
  await since.click()
  await page.getByRole('status').filter({ hasText: '1 reworded' }).waitFor()
  const cards = page.getByRole('region', { name: /^Cards/ }).getByRole('listitem')
  assert.equal(await cards.count(), 1)
  assert.match(await cards.locator('ins').innerText(), /at night/)
  assert.doesNotMatch(await page.getByRole('main').innerText(), /Written before the review|added/)

  await page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: 'Report' }).click()
  await page.getByRole('region', { name: 'Since the last review' }).getByText(/: 1 card reworded\.$/).waitFor()
})

test('a map is compared with its future state, from a narrow page, and taken away', async (t) => {
  const server = await serverFor(t)
  const [today, future] = await Promise.all(['renting-a-flat.current.json', 'renting-a-flat.future.json'].map(readSample))
  const [made, later] = [await importMap(server, today), await importMap(server, future)]
  const ana = await person(t, browser(), { server, name: 'Ana', viewport: { width: 360, height: 780 } })
  await joinByLink(ana, later, 'observer')
  await joinByLink(ana, made, 'observer')
  const { page } = ana
  await page.getByRole('grid').waitFor()
  await menu(page, 'Compare')
  await page.getByRole('heading', { name: 'Nothing to compare with yet' }).waitFor()
  await page.getByRole('combobox', { name: 'After' }).selectOption({ label: future.title })
  await page.getByRole('region', { name: /^Pains/ }).getByRole('listitem').first().getByText(/Resolved|Eased/).first().waitFor()
  await page.getByRole('region', { name: /^Gaps/ }).getByText('Closed').first().waitFor()
  const curve = page.getByRole('region', { name: /^How it feels/ }).getByRole('row')
  assert.match(await curve.nth(1).innerText(), /[−+]\d/)
  await page.getByRole('region', { name: /^Stages/ }).getByText('Removed').first().waitFor()
  assert.ok(page.url().includes(`with=${later.id}`), 'the address says what is compared')
  await findsNothing(page, 'a comparison of two maps', 'main')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Take away' })
      .press('Enter')
      .then(() => page.getByRole('menuitem', { name: 'Download Markdown' }).press('Enter')),
  ])
  assert.match(download.suggestedFilename(), /\.comparison\.md$/)
})

test('restore_3 a restore is offered where only a comment differs, and the server says when there is nothing to bring back', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const map = await joinByLink(ana, made, 'facilitator')
  const { page } = ana
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem')
  const asked = page.getByRole('alertdialog', { name: /Restore/ })
  const restore = async () => {
    await versions.filter({ hasText: 'No comment yet' }).getByRole('button', { name: /^More/ }).press('Enter')
    await page.getByRole('menuitem', { name: 'Restore…' }).press('Enter')
    await asked.getByText('say now what they said then').waitFor()
    await asked.getByRole('button', { name: 'Restore', exact: true }).press('Enter')
  }
  await menu(page, 'Versions')
  await page.getByRole('button', { name: 'Save a version' }).press('Enter')
  await page.getByRole('textbox', { name: 'Name' }).fill('No comment yet')
  await page.keyboard.press('Enter')
  await versions.filter({ hasText: 'No comment yet' }).waitFor()

  await restore()
  await asked.getByRole('alert').waitFor()
  await asked.getByRole('button', { name: 'Cancel' }).press('Enter')

  await toMap(page)
  await map.card('Compares listings').focus()
  await page.keyboard.press('Space')
  await page.getByRole('textbox', { name: 'Comment' }).fill('Heard twice')
  await page.keyboard.press('Control+Enter')
  await map.saved()
  await menu(page, 'Versions')
  await restore()
  await asked.waitFor({ state: 'detached' })
  await eventually('the comment is gone', async () => (await request(server.http, `/api/maps/${made.id}`)).comments.length === 0)
})

test('a list of versions that could not be fetched anew says that it may be behind', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  await joinByLink(ana, made, 'facilitator')
  const { page } = ana
  ana.tolerate(/ERR_FAILED/)
  await menu(page, 'Versions')
  await page.getByRole('heading', { name: 'No version yet' }).waitFor()
  await page.route('**/versions', (route) => route.abort())
  await page.getByRole('button', { name: 'Save a version' }).press('Enter')
  await page.getByRole('textbox', { name: 'Name' }).fill('Kept all the same')
  await page.keyboard.press('Enter')
  const behind = page.getByRole('alert').filter({ hasText: 'may be behind' })
  await behind.waitFor()
  await page.unroute('**/versions')
  await behind.getByRole('button', { name: 'Try again' }).press('Enter')
  await page.getByRole('list', { name: 'Versions' }).getByText('Kept all the same').waitFor()
  await behind.waitFor({ state: 'detached' })
})
