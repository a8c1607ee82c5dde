// Axe on every way to look at a map: the filter and what it leaves, both overlays, the search.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap } from '../harness/samples.mjs'
import { chromiumForAll, SMALL_MAP } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** A card of each face, of each age, with and without a source. */
const MAP = {
  ...SMALL_MAP,
  review: { everyDays: 60, lastReviewed: '2026-07-01' },
  personas: [...SMALL_MAP.personas, { id: 'p2', name: 'Tom' }],
  lanes: [
    ...SMALL_MAP.lanes,
    { id: 'l4', kind: 'expectation', title: 'Expectations' },
    { id: 'l5', kind: 'pain', title: 'Pains' },
    { id: 'l6', kind: 'opportunity', title: 'Opportunities' },
  ],
  cards: [
    { id: 'c1', lane: 'l1', stage: 's1', text: 'Listing portal', channel: 'web', momentOfTruth: true, owned: false, createdAt: '2026-09-01T09:00:00Z' },
    { id: 'c2', lane: 'l3', stage: 's1', text: 'Hopeful about the flat', score: 1, persona: 'p1', quote: 'Mine!', createdAt: '2026-06-01T09:00:00Z' },
    { id: 'c3', lane: 'l3', stage: 's2', text: 'Lost in forms', score: -1, persona: 'p2', createdAt: '2026-01-01T09:00:00Z' },
    { id: 'c4', lane: 'l4', stage: 's1', text: 'The flat is free', actual: 'It was gone', gap: 3, sources: [{ kind: 'interview', title: 'Call' }], createdAt: '2026-01-01T09:00:00Z' },
    { id: 'c5', lane: 'l5', stage: 's1', text: 'Nobody answers', severity: 4, confidence: 'evidence', createdAt: '2026-09-01T09:00:00Z' },
    { id: 'c6', lane: 'l6', stage: 's1', text: 'Say no early', impact: 4, value: 2, effort: 1, status: 'doing', owner: 'Ana', due: '2027-03-01', addresses: ['c5'], createdAt: '2026-06-01T09:00:00Z' },
    { id: 'c7', lane: 'l6', stage: 's2', text: 'A chatbot', status: 'dropped' },
  ],
}

test('a filter, an overlay and a search, each with what it does to the cards', async (t) => {
  const { page, map } = await inMap(t, browser(), MAP)
  const wide = () => page.setViewportSize({ width: 1440, height: 900 })
  const toolbar = page.getByRole('toolbar', { name: 'Map' })
  const view = async (overlay) => {
    await wide()
    await toolbar.getByRole('button', { name: 'View' }).click()
    await page.getByRole('menuitemradio', { name: overlay }).click()
    await page.getByRole('menu').waitFor({ state: 'detached' })
  }
  await toolbar.getByRole('button', { name: 'View' }).click()
  await findsNothing(page, 'the menu of views', '[role=menu]')
  await page.keyboard.press('Escape')
  await view('Assumptions and evidence')
  await findsNothing(page, 'assumptions and evidence', '.m-main')
  await view(/^Age/)
  await findsNothing(page, 'age', '.m-main')
  await view('Layers, as usual')

  await toolbar.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('checkbox', { name: /^Experience/ }).click({ force: true })
  await page.getByRole('checkbox', { name: 'Mira' }).click({ force: true })
  await findsNothing(page, 'the filter', '[role=dialog]')
  await page.keyboard.press('Escape')
  await wide()
  await map.card('Nobody answers').focus()
  await page.keyboard.press('/')
  await page.getByRole('searchbox', { name: 'Find' }).fill('flat')
  await page.locator('.m-seen--found').first().waitFor()
  await findsNothing(page, 'a search in a filtered map', '.m-main')
})
