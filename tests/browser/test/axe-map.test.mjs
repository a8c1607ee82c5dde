// Axe on what opens over and beside the map: the panel, menus, dialogs, messages; and the map of an observer.

import { test } from 'node:test'
import { findsNothing } from '../harness/axe.mjs'
import { inMap } from '../harness/samples.mjs'
import { chromiumForAll } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** One lane and one card of each kind whose panel has fields of its own. */
const KINDS = {
  touchpoint: { channel: 'web', momentOfTruth: true },
  expectation: { actual: 'Two weeks', gap: 2 },
  emotion: { score: -1, persona: 'p1', quote: 'Nobody answers' },
  opportunity: { impact: 4, effort: 2, status: 'planned', owner: 'Ana', addresses: ['c-expectation'] },
  metric: { value: 11, unit: 'days', target: 3 },
  backstage: { actor: 'Office', failPoint: true },
}
const EVERY_KIND = {
  format: 'cairn.map/1',
  title: 'Every kind',
  kind: 'current-state',
  personas: [{ id: 'p1', name: 'Mira', primary: true, goals: ['A flat'] }],
  stages: [{ id: 's1', title: 'Search' }],
  lanes: Object.keys(KINDS).map((kind) => ({ id: kind, kind, title: kind })),
  cards: Object.entries(KINDS).map(([kind, fields]) => ({
    id: `c-${kind}`,
    lane: kind,
    stage: 's1',
    text: `The ${kind}`,
    sources: [{ kind: 'interview', title: 'Mira', url: 'https://cairn.example/mira' }],
    ...fields,
  })),
  comments: [{ id: 'm1', card: 'c-emotion', author: 'Jo', at: '2026-10-02T09:00:00Z', text: 'Heard twice', resolved: false }],
}

test('the panel, about each kind of card and about the map', async (t) => {
  const { map, page } = await inMap(t, browser(), EVERY_KIND)
  for (const kind of Object.keys(KINDS)) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await map.card(`The ${kind}`).focus()
    await page.keyboard.press('Space')
    await page.getByRole('complementary', { name: 'Card details' }).waitFor()
    await findsNothing(page, `the panel about a card: ${kind}`, 'aside')
    await page.getByRole('button', { name: 'Close details' }).click()
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'About this map' }).click()
  await page.getByRole('complementary', { name: 'About this map' }).waitFor()
  await page.getByRole('button', { name: /^Mira/ }).click()
  await findsNothing(page, 'the panel about the map, a persona unfolded', 'aside')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Show large' }).click()
  await page.getByRole('dialog', { name: 'Whose journey' }).waitFor()
  await findsNothing(page, 'the personas, large', '[role=dialog]')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Close details' }).click()
  for (const [header, item] of [[map.stage('Search'), 'Describe…'], [map.lane('metric'), 'Kind and details…']]) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await header.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: item }).click()
    await page.getByRole('complementary').waitFor()
    await findsNothing(page, `the panel of ${item}`, 'aside')
    await page.getByRole('button', { name: 'Close details' }).click()
  }
  // Links drawn, and a source being written.
  await page.setViewportSize({ width: 1440, height: 900 })
  await map.card('The opportunity').focus()
  await page.locator('.m-links__line').waitFor({ state: 'attached' })
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Add a source' }).click()
  await findsNothing(page, 'a source being written, links drawn')
})

test('menus, dialogs and messages over the map', async (t) => {
  const { map, page } = await inMap(t, browser(), undefined, 'facilitator')
  const wide = () => page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('toolbar', { name: 'Map' }).getByRole('button', { name: 'Lane', exact: true }).click()
  await page.getByRole('menu').waitFor()
  await findsNothing(page, 'the menu of lane kinds')
  await page.keyboard.press('Escape')
  await wide()
  await map.stage('Apply').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor()
  await findsNothing(page, 'the menu of a stage')
  await page.keyboard.press('Escape')
  await wide()
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('dialog', { name: 'Invite people' }).waitFor()
  await findsNothing(page, 'inviting people')
  await page.keyboard.press('Escape')
  await wide()
  await page.getByRole('button', { name: /person here/ }).click()
  await page.getByRole('dialog', { name: 'People in this map' }).waitFor()
  await findsNothing(page, 'the people')
  await page.keyboard.press('Escape')
  await wide()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Your name and colour…' }).click()
  await page.getByRole('dialog', { name: 'Your name and colour' }).waitFor()
  await findsNothing(page, 'name and colour', '[role=dialog]')
  await page.keyboard.press('Escape')
  await wide()
  await map.card('Compares listings').focus()
  await page.keyboard.press('Delete')
  await page.getByText(/^Deleted “/).first().waitFor()
  await findsNothing(page, 'a message with Undo')
  await wide()
  await wide()
  await map.card('Hopeful').focus()
  await page.keyboard.press('Control+a')
  await page.getByRole('toolbar', { name: 'Selected cards' }).waitFor()
  await findsNothing(page, 'selected cards', '.m-picked, .m-card--selected')
  await wide()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Find anything' }).waitFor()
  await findsNothing(page, 'the palette', '.m-palette')
  await wide()
  await page.keyboard.type('fee')
  await page.getByRole('option', { name: /Feelings/ }).first().waitFor()
  await findsNothing(page, 'what the palette found', '.m-palette')
  await page.keyboard.press('Escape')
  if (await page.getByRole('dialog', { name: 'Find anything' }).isVisible()) await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Find anything' }).waitFor({ state: 'detached' })
  await wide()
  await map.card('Hopeful').focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await findsNothing(page, 'the keys', '.c-dialog')
  await page.keyboard.press('Escape')
  await wide()
  await map.cell('Touchpoints', 0).focus()
  await page.keyboard.press('n')
  await map.typing.waitFor()
  await page.keyboard.type('Being typed')
  await findsNothing(page, 'a card being typed')
})

test('the map as an observer sees it', async (t) => {
  const { page } = await inMap(t, browser(), undefined, 'observer')
  await findsNothing(page, 'an observer')
})
