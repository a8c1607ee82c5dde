// Axe on a brainstorm: its bar, private cards in the cells, one of them being typed in, the list, and words that were not saved.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { facilitator } from '../harness/facilitation.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('writing in the cells and in the list, and words given back', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const fay = await facilitator(server, made)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const map = await comeIn(ana, made)
  const { page } = ana
  await fay.does({ startBrainstorm: { setup: { prompt: 'What do they do?', focus: { lanes: ['l2'] }, signed: true } } })
  await page.getByRole('region', { name: 'Brainstorm' }).waitFor()
  await map.cell('Actions', 0).focus()
  await page.keyboard.press('n')
  await page.keyboard.type('Asks friends')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Calls')
  await findsNothing(page, 'a brainstorm with a private card and one that is typed', '.map-page')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.keyboard.press('Tab')
  await page.locator('[data-draft-state=saved]').first().waitFor()

  const open = page.getByRole('button', { name: 'Write in a list' })
  if ((await open.getAttribute('aria-expanded')) !== 'true') await open.click()
  await page.getByRole('button', { name: 'Change “Calls”' }).click()
  await findsNothing(page, 'the list of own cards, one being changed', '[aria-label="Your cards"]')

  await page.setViewportSize({ width: 1440, height: 900 })
  await fay.does({ discardDrafts: {} })
  await page.getByRole('region', { name: 'Words that were not saved' }).waitFor()
  await findsNothing(page, 'words that were not saved', '.b-left')
})
