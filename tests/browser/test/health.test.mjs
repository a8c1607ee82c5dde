// The health panel: what is wrong with a bad map, the way to each place, one-click fixes, and that it follows the map.

import assert from 'node:assert/strict'
import test from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { becomes, eventually } from '../harness/eventually.mjs'
import { inMap, readSample } from '../harness/samples.mjs'
import { chromiumForAll, importMap, comeIn, person } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const panel = (page) => page.getByRole('complementary', { name: 'Health of this map' })
const rule = (page, id) => panel(page).getByRole('listitem').filter({ has: page.getByText(id, { exact: true }) })

async function openHealth(page) {
  await page.getByRole('button', { name: 'Health', exact: true }).click()
  await panel(page).getByRole('heading', { name: /^(Problems|Advice)$/ }).first().waitFor()
}

test('a flawed map: every finding with its reason, its place and its fix', async (t) => {
  const { server, id, page, map } = await inMap(t, browser(), await readSample('crm-funnel.flawed.json'))
  await openHealth(page)
  const { findings } = await (await fetch(`${server.http}/api/maps/${id}/health`)).json()
  const rules = new Set(findings.map(({ rule }) => rule)).size
  await becomes('the panel lists each rule that found something', () => panel(page).getByRole('listitem').count(), rules)
  const more = panel(page).getByRole('button', { name: /more like these/ })
  while ((await more.count()) > 0) await more.first().click()
  const messages = await panel(page).locator('.m-finding__message').allInnerTexts()
  assert.deepEqual(messages.toSorted(), findings.map(({ message }) => message).toSorted())

  // To the place.
  await rule(page, 'DETAIL-2').getByRole('button', { name: /^Show/ }).click()
  await eventually('the long card has the focus', () => page.evaluate(() => document.activeElement.dataset.card === 'ac-demo'))

  // One click that mends, and one that can be taken back.
  await rule(page, 'REVIEW-1').getByRole('button', { name: /Reviewed/ }).click()
  await rule(page, 'REVIEW-1').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await rule(page, 'REVIEW-1').waitFor()

  // To the field, typed in, gone.
  await rule(page, 'REVIEW-2').getByRole('button', { name: /owner/i }).click()
  await page.getByRole('combobox', { name: 'Owner' }).fill('Ana Ruiz')
  await page.keyboard.press('Tab')
  await map.saved()
  await openHealth(page)
  await rule(page, 'REVIEW-2').waitFor({ state: 'detached' })

  // A pain gets the opportunity that addresses it.
  await rule(page, 'PAIN-1').getByRole('button', { name: /opportunity/i }).first().click()
  await map.typing.waitFor()
  await page.keyboard.type('Say it once, kept for everyone')
  await page.keyboard.press('Enter')
  await map.saved()
  const { cards } = await (await fetch(`${server.http}/api/maps/${id}`)).json()
  const written = cards.find(({ text }) => text === 'Say it once, kept for everyone')
  assert.deepEqual(written?.addresses, ['pa-context'])
})

test('the panel follows others, an observer reads it, and axe finds nothing', async (t) => {
  const { server, ana, page } = await inMap(t, browser(), await readSample('crm-funnel.flawed.json'), 'observer')
  await openHealth(page)
  assert.equal(await panel(page).getByRole('button', { name: /^Reviewed|^Add/ }).count(), 0, 'an observer has nothing to press')
  await findsNothing(page, 'the health panel', '.m-panel')

  const made = await importMap(server, await readSample('library-card.blueprint.json'))
  const bo = await person(t, browser(), { server, name: 'Bo' })
  const [here, there] = [await comeIn(ana, made), await comeIn(bo, made)]
  await page.getByRole('button', { name: 'Health', exact: true }).click()
  await panel(page).getByText(/Every check passes|REVIEW-1/).first().waitFor()
  await there.addCard('Frontstage', 0, 'x'.repeat(281))
  await rule(here.page, 'DETAIL-2').waitFor()
  await there.page.keyboard.press('Control+z')
  await rule(here.page, 'DETAIL-2').waitFor({ state: 'detached' })
})
