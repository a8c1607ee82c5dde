// The map itself, and what opens over and beside it.

import { joinByLink } from '../../harness/workshop.mjs'
import { reviewedBefore } from './home.mjs'

/** What a map says of its review, so many days after the last one. */
async function reviewed(stage, days) {
  stage.made = await stage.put('renting-a-flat.current.json', reviewedBefore(days))
  await joinByLink(stage.user, stage.made, 'facilitator')
  await stage.page.getByRole('button', { name: 'About this map' }).click()
  const upkeep = stage.page.getByRole('complementary', { name: 'About this map' }).getByRole('region', { name: 'Upkeep' })
  await upkeep.evaluate((section) => section.scrollIntoView({ block: 'center' }))
}

export default {
  'card-authors': async (stage) => {
    const map = await stage.map()
    const bo = await stage.other('Bo Lindqvist')
    const expected = /I can see where I stand/
    await bo.grid.getByRole('listitem', { name: expected }).focus()
    await bo.page.keyboard.press('Space')
    await bo.page.getByRole('textbox', { name: 'What actually happens' }).focus()
    await bo.page.keyboard.press('Control+End')
    await bo.page.keyboard.type(', and the app says nothing either')
    await bo.saved()
    await stage.page.getByRole('listitem', { name: expected }).focus()
    await stage.page.keyboard.press('Space')
    await stage.page.getByRole('button', { name: 'Who wrote what, and when' }).click()
    const told = stage.page.getByRole('region', { name: 'Who wrote what, and when' })
    await told.waitFor()
    await told.evaluate((section) => section.scrollIntoView({ block: 'center' }))
  },
  'map-review-bar': async (stage) => {
    stage.made = await stage.put('renting-a-flat.current.json', reviewedBefore(93))
    await joinByLink(stage.user, stage.made, 'facilitator')
    await stage.page.getByRole('button', { name: 'More', exact: true }).click()
    await stage.page.getByRole('menuitem', { name: 'Review overdue by 3 days' }).waitFor()
  },
  'map-review-overdue': async (stage) => {
    await reviewed(stage, 400)
  },
  'map-review-due': async (stage) => {
    await reviewed(stage, 85)
  },
  archive: async (stage) => {
    await stage.map()
    await stage.archived()
    await stage.page.getByText('Archive, to be read').waitFor({ state: 'attached' })
  },
  'archive-home': async (stage) => {
    await stage.map()
    await stage.archived()
    await stage.open()
    await stage.page.getByRole('link').first().waitFor()
  },
  export: async (stage) => {
    const map = await stage.map()
    await map.page.getByRole('button', { name: 'More', exact: true }).click()
    await map.page.getByRole('menuitem', { name: 'Export…' }).click()
    await map.page.getByRole('dialog', { name: 'Export' }).waitFor()
  },
  map: async (stage) => {
    const map = await stage.map()
    const [bo, jo] = [await stage.other('Bo'), await stage.other('Jo Lindqvist')]
    await bo.grid.getByRole('listitem').nth(4).focus()
    await bo.page.keyboard.press('Enter')
    await bo.typing.waitFor()
    await jo.grid.getByRole('listitem').nth(1).focus()
    await map.grid.getByRole('listitem', { name: /; here: Bo/ }).waitFor()
    await map.grid.getByRole('listitem', { name: /; here: Jo/ }).waitFor()
  },
  'map-typing': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem').nth(1).focus()
    await stage.page.keyboard.press('Enter')
    await map.typing.waitFor()
  },
  'map-feelings': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem', { name: /^feeling/i }).first().focus()
  },
  'map-blueprint': async (stage) => {
    await stage.map('library-card.blueprint.json')
  },
  'map-day': async (stage) => {
    await stage.map('nurse-night-shift.day.json')
  },
  'map-empty': async (stage) => {
    await stage.blankMap()
  },
  'map-offline': async (stage) => {
    const map = await stage.map()
    await stage.user.context.setOffline(true)
    await map.says('Offline')
    await map.addCard('Touchpoints', 0, 'Written offline')
  },
  'menu-stage': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('columnheader').nth(1).focus()
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('menu').waitFor()
  },
  'panel-opportunity': async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem', { name: /^opportunity/i }).first().focus()
    await stage.page.keyboard.press('Space')
    await stage.page.getByRole('complementary', { name: 'Card details' }).waitFor()
  },
  'panel-map': async (stage) => {
    await stage.map()
    await stage.page.getByRole('button', { name: 'About this map' }).click()
    await stage.page.getByRole('complementary', { name: 'About this map' }).waitFor()
  },
  share: async (stage) => {
    await stage.map()
    await stage.page.getByRole('button', { name: 'Share' }).click()
    await stage.page.getByRole('dialog').waitFor()
  },
  toast: async (stage) => {
    const map = await stage.map()
    await map.grid.getByRole('listitem').nth(3).focus()
    await stage.page.keyboard.press('Delete')
    await stage.page.getByText(/^Deleted “/).first().waitFor()
  },
}
