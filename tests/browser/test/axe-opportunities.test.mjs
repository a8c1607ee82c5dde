// Axe on the opportunities: the list with all it can show, the matrix with a card picked up, and what explains the ranking.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap, readSample } from '../harness/samples.mjs'
import { chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()

test('the list, the matrix and how it is ranked', async (t) => {
  const document = await readSample('renting-a-flat.current.json')
  // One without a place in the matrix, and one overdue.
  const bare = ({ impact: _, ...card }) => card
  document.cards = document.cards.map((card) => (card.id === 'o-fit' ? bare(card) : card.id === 'o-status' ? { ...card, due: '2020-01-31' } : card))
  const { page } = await inMap(t, browser(), document)
  await page.getByRole('link', { name: 'Opportunities' }).click()
  await page.getByRole('grid', { name: 'Opportunities' }).waitFor()
  await findsNothing(page, 'the list of opportunities', 'main')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  await findsNothing(page, 'the dialog for a new opportunity', '[role=dialog]')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('radio', { name: 'Matrix' }).click()
  await page.getByRole('region', { name: 'Not placed yet' }).getByRole('button').click()
  await page.getByText('Picked up: choose a cell').waitFor()
  await findsNothing(page, 'the matrix', 'main')
  await page.getByRole('button', { name: 'How is this ranked?' }).click()
  await page.getByRole('dialog').waitFor()
  await findsNothing(page, 'how it is ranked', '[role=dialog]')
})
