// What one stands on is taken away by somebody else, in a real browser: on the map, in the panel, in the list and the matrix of
// opportunities, in the health panel. The focus is never on the page itself, and one sentence says what happened.
// The rest of it is in ground.test.tsx, beside the code.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { becomes, eventually } from '../harness/eventually.mjs'
import { isSomewhere, standing, tabTo } from '../harness/keys.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

const rated = (id, impact, effort) => ({ id, lane: 'o', stage: 's1', text: `Idea ${id}`, impact, value: 3, effort })
const MAP = {
  format: 'cairn.map/1',
  title: 'Shifting ground',
  kind: 'current-state',
  personas: [{ id: 'p1', name: 'Mira', primary: true }],
  stages: ['Search', 'Apply', 'Move in', 'Live there', 'Leave'].map((title, at) => ({ id: `s${at + 1}`, title })),
  lanes: [
    { id: 't', kind: 'touchpoint', title: 'Touchpoints' },
    { id: 'o', kind: 'opportunity', title: 'Opportunities' },
  ],
  cards: [
    { id: 'a', lane: 't', stage: 's1', text: 'First' },
    { id: 'b', lane: 't', stage: 's1', text: 'Second' },
    { id: 'c', lane: 't', stage: 's1', text: 'x'.repeat(300) },
    rated('top', 5, 1),
    rated('mid', 4, 2),
    rated('low', 1, 4),
  ],
  comments: [],
}

test('ACCESS-2 one person stands, the other deletes what they stand on, everywhere', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server, MAP)
  const [ana, bo] = await Promise.all(['Ana', 'Bo'].map((name) => person(t, browser(), { server, name })))
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  const { page } = ana
  const { keyboard } = page
  /** Everything the live region says, from now on. */
  const said = []
  await page.exposeFunction('tellSaid', (words) => said.push(words.trim()))
  await page.evaluate(() => {
    const region = document.querySelector('[data-live-announcer]')
    new MutationObserver(() => window.tellSaid(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
  })
  assert.equal(await page.getByRole('status').count(), 1, 'one live region')
  const lost = async (where, on, words) => {
    await eventually(`one stands ${where}`, async () => {
      const now = await standing(page)
      if (!on.test(now)) throw new Error(`the focus is on ${now}`)
      return true
    })
    await isSomewhere(page, where)
    await becomes(`it is said once, ${where}`, async () => said, words)
    said.length = 0
  }
  const deletes = async (text) => {
    await b.card(text).focus()
    await b.page.keyboard.press('Delete')
  }

  // On a card of the map; what happens to others is not said.
  await a.card('First').focus()
  await deletes('Second')
  await a.card('Second').waitFor({ state: 'detached' })
  await deletes('First')
  await lost('in the cell', /^Touchpoints, Search: 1 card$/, ['Someone else deleted the card you were on'])

  // Typing in the panel: the words are offered back.
  await a.card('xxx').focus()
  await keyboard.press('Space')
  await tabTo(page, page.getByRole('complementary').getByRole('textbox', { name: 'Text' }))
  await deletes('xxx')
  await lost('in the empty cell', /^Touchpoints, Search: empty$/, ['Someone else deleted the card you were typing in'])
  await tabTo(page, page.getByRole('button', { name: 'Put it back' }), 'Shift+Tab')
  await keyboard.press('Enter')
  await a.card('xxx').waitFor()
  said.length = 0

  // In the cell of a stage, then on a lane.
  await a.cell('Opportunities', 4).focus()
  await b.stage('Leave').focus()
  await b.page.keyboard.press('Delete')
  await lost('in the stage before', /^Opportunities, Live there: empty$/, ['Someone else deleted the stage you were in'])

  // In health: Bo mends what Ana is looking at, and the panel keeps her.
  await keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Find anything' }).waitFor()
  await keyboard.type('health of')
  await page.getByRole('option', { name: /^Health of this map/ }).waitFor()
  await keyboard.press('Enter')
  const health = page.getByRole('complementary', { name: 'Health of this map' })
  const long = health.getByRole('listitem').filter({ has: page.getByText('DETAIL-2', { exact: true }) })
  await tabTo(page, long.getByRole('button', { name: /^Show/ }))
  await becomes('the summary is said on opening', async () => said.length, 1)
  assert.match(said.pop(), /^\d+ problems?, \d+ pieces? of advice$/)
  await b.addCard('Touchpoints', 1, 'Something else')
  await b.edit('xxx')
  await b.page.keyboard.press('Control+a')
  await b.page.keyboard.type('Short')
  await b.page.keyboard.press('Enter')
  await long.waitFor({ state: 'detached' })
  await eventually('one is still in the panel', () => health.evaluate((element) => element.contains(document.activeElement)))
  await isSomewhere(page, 'in the health panel')
  await becomes('it is said once', async () => said.length, 1)
  assert.match(said.pop(), /^What you stood on is settled\. \d+ problem/)
  await keyboard.press('Escape')

  // In the list, then in the matrix.
  await page.getByRole('link', { name: 'Opportunities' }).press('Enter')
  await page.locator('[data-row="mid"][data-stop="effort"]').focus()
  said.length = 0
  await deletes('Idea mid')
  await lost('in the next row', /^Effort: 4 of 5$/, ['Someone else deleted the card you were on'])
  await page.getByRole('radio', { name: 'Matrix' }).press('Space')
  await page.locator('.o-token[data-opportunity="low"]').focus()
  said.length = 0
  await deletes('Idea low')
  await lost('in its cell of the matrix', /^impact 1, effort 4, think twice: empty$/, ['Someone else deleted the card you were on'])
})
