// A whole map with the keyboard alone: made from a template, named, given a persona, filled with every kind of card and its details,
// rearranged, mended where its health says so, rated, read, and presented. No test here moves or clicks a pointer, or puts the focus
// anywhere by itself.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes, eventually } from '../harness/eventually.mjs'
import { isSomewhere, standing, tabTo } from '../harness/keys.mjs'
import { MapPage } from '../harness/map.mjs'
import { chromiumForAll, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** Beside the six lanes of the template. */
const MORE_LANES = [['evidence', 'evidence'], ['frontstage', 'frontstage'], ['backstage', 'backstage'], ['support', 'support'], ['figures', 'metric'], ['notes', 'note']]

test('a map is made, filled, mended, rated, read and presented with the keyboard alone', async (t) => {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const { page } = ana
  const { keyboard } = page
  const press = async (...keys) => {
    for (const key of keys) await keyboard.press(key)
  }
  const stood = (words) => eventually(`one stands on ${words}`, async () => words.test(await standing(page)))
  const panel = (name) => page.getByRole('complementary', { name })
  /** The palette, for what has no key of its own. */
  const find = async (words, option) => {
    await press('Control+k')
    await page.getByRole('dialog', { name: 'Find anything' }).waitFor()
    await keyboard.type(words)
    await page.getByRole('option', { name: option }).first().waitFor()
    await press('Enter')
    await page.getByRole('dialog', { name: 'Find anything' }).waitFor({ state: 'detached' })
  }

  // Home, and a map from the template.
  await ana.open('/')
  await tabTo(page, page.getByRole('button', { name: 'New map' }))
  await isSomewhere(page, 'at home')
  await press('Enter')
  const making = page.getByRole('dialog', { name: 'New map' })
  await tabTo(page, making.getByRole('textbox', { name: 'Title' }))
  await keyboard.type('Opening an account')
  await isSomewhere(page, 'in the dialog')
  await tabTo(page, making.getByRole('button', { name: 'Create map' }))
  await press('Enter')
  await tabTo(page, page.getByRole('textbox', { name: 'Your name' }))
  await keyboard.type('Ana')
  await isSomewhere(page, 'while joining')
  await press('Enter')
  const map = await new MapPage(page).ready()
  await tabTo(page, map.cell("Touchpoints, yours and others'", 0))
  await isSomewhere(page, 'on the map')

  // Its name, and whose journey it is.
  await find('about this', /^About this map/)
  const about = panel('About this map')
  await tabTo(page, about.getByRole('textbox', { name: 'Title' }), 'Shift+Tab')
  await press('End')
  await keyboard.type(', online')
  await tabTo(page, about.getByRole('button', { name: 'Add a persona' }))
  await press('Enter')
  await tabTo(page, about.getByRole('textbox', { name: 'Name' }))
  await keyboard.type('Mira')
  await isSomewhere(page, 'in the panel about the map')
  await press('Escape')
  await stood(/^Touchpoints, yours and others', Noticing the need: empty$/)

  // The other kinds of lane, one after the other at the end.
  for (const [words] of MORE_LANES) {
    await press('Control+End')
    await find(`lane of ${words}`, new RegExp(`^Add a lane of ${words}`))
    await page.getByRole('textbox', { name: 'Name of the lane' }).waitFor()
    await keyboard.type(`Our ${words}`)
    await press('Enter')
    await stood(new RegExp(`^Our ${words}, lane of`))
  }

  // A card in every lane, down the first stage; the lanes that have fields of their own get those, too.
  const add = async (...texts) => {
    await press('n')
    for (const text of texts) {
      await map.typing.waitFor()
      await keyboard.type(text)
      await press('Enter')
      await map.card(text).waitFor()
    }
    await press('Escape')
    await stood(new RegExp(`: ${texts.at(-1)}`))
  }
  const details = async (fill) => {
    await press('Space')
    const card = panel('Card details')
    await card.waitFor()
    await fill(card)
    await isSomewhere(page, 'in the details')
    await press('Escape')
    await card.waitFor({ state: 'detached' })
  }
  /** Tab to a group of choices, arrows to the one wanted, Space to choose it. */
  const choose = async (card, group, option) => {
    const wanted = card.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option, exact: true })
    await tabTo(page, card.getByRole('radiogroup', { name: group }).getByRole('radio').first())
    for (let step = 0; step < 8; step += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) break
      await press('ArrowRight')
    }
    await press('Space')
    await eventually(`${option} is chosen`, () => wanted.isChecked())
  }
  const suggest = async (card, field, words) => {
    await tabTo(page, card.getByRole('combobox', { name: field }))
    await keyboard.type(words)
    await press('Enter')
  }
  const down = async (lane) => {
    await press('Escape', 'ArrowDown')
    await stood(new RegExp(`^${lane}, Noticing the need: empty$`))
  }

  await press('Control+Home', 'ArrowDown', 'ArrowRight')
  await stood(/^Touchpoints, yours and others', Noticing the need: empty$/)
  await add('Advert in the tram')
  await details(async (card) => {
    await suggest(card, 'Channel', 'Billboard')
    await tabTo(page, card.getByRole('switch', { name: 'Moment of truth' }))
    await press('Space')
  })
  await down('What they do')
  await add('Asks a friend', 'Reads the small print', 'Takes a photo')
  // Reordered within the cell: the last goes first.
  await press('Alt+ArrowUp', 'Alt+ArrowUp')
  await stood(/: Takes a photo/)
  await down('What they expect')
  await add('To be done by tonight')
  await details(async (card) => {
    await tabTo(page, card.getByRole('textbox', { name: 'What actually happens' }))
    await keyboard.type('A letter after a week')
    await choose(card, /^Gap/, '3')
  })
  await down('How it feels')
  await add('Hopeful')
  await press('+', '+', '+')
  await stood(/: Hopeful; \+1\.5/)
  await down('Pains')
  await add('Must come in person')
  await details((card) => choose(card, /^Severity/, '4'))
  await down('Opportunities')
  await add('Check the passport by video')
  await details(async (card) => {
    await choose(card, /^Impact/, '5')
    await choose(card, /^Effort/, '2')
    await tabTo(page, card.getByRole('button', { name: 'Link a pain or expectation' }))
    await press('Enter')
    await page.getByRole('menuitem', { name: 'To be done by tonight' }).waitFor()
    await keyboard.type('Must')
    await press('Enter')
    await card.getByRole('button', { name: /^Must come in person/ }).waitFor()
  })
  for (const [words] of MORE_LANES.slice(0, 4)) {
    await down(`Our ${words}`)
    await add(`Card of ${words}`)
  }
  await details((card) => suggest(card, 'Actor', 'Identity service'))
  await down('Our figures')
  await add('Days until it works')
  await details(async (card) => {
    await tabTo(page, card.getByRole('textbox', { name: 'Value' }))
    await keyboard.type('7.5')
    await tabTo(page, card.getByRole('textbox', { name: 'Unit' }))
    await keyboard.type('days')
    await press('Tab')
  })
  await down('Our notes')
  await add('Ask the branch')

  // Two cards together to the next stage, and back with one undo.
  for (let step = 0; step < 40 && !/: Takes a photo/.test(await standing(page)); step += 1) await press('ArrowUp')
  await press('Shift+ArrowDown', 'Alt+ArrowRight')
  const next = map.cell('What they do', 1).getByRole('listitem')
  await becomes('both are there', () => next.count(), 2)
  await press('Escape')
  await isSomewhere(page, 'after a move')

  // What the map's health has to say, and the way to mend one thing of it.
  await find('health', /^Health of this map/)
  const health = panel('Health of this map')
  await isSomewhere(page, 'in the health panel')
  const fix = health.getByRole('button', { name: 'Reviewed, unchanged' })
  await tabTo(page, fix)
  await press('Enter')
  await fix.waitFor({ state: 'detached' })
  await isSomewhere(page, 'when the finding is gone')
  assert.ok(await health.evaluate((element) => element.contains(document.activeElement)), 'one is still in the panel')
  await press('Escape')
  await isSomewhere(page, 'back from health')

  // Rated in the list of opportunities.
  await find('go to opportunities', /^Go to opportunities/)
  const list = page.getByRole('grid', { name: 'Opportunities' })
  await list.waitFor()
  await isSomewhere(page, 'on the way to the opportunities')
  await tabTo(page, list.locator('[tabindex="0"]').first())
  for (let step = 0; step < 8 && !/^Value/.test(await standing(page)); step += 1) await press('ArrowRight')
  await press('3')
  await stood(/^Value: 3 of 5/)
  await isSomewhere(page, 'in the list')

  // Read in the report.
  await find('go to report', /^Go to report/)
  const report = page.getByRole('article', { name: 'Report' })
  await report.getByRole('heading', { level: 1, name: 'Opening an account, online' }).waitFor()
  await report.getByText('Check the passport by video').first().waitFor()
  await isSomewhere(page, 'on the report')

  // Presented, from the first slide to the last and back.
  await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Present' }))
  await press('Enter')
  const { stages } = await request(server.http, `/api/maps/${new URL(page.url()).pathname.split('/')[2]}`)
  const count = stages.length + 2
  const slide = (at) => page.getByRole('region', { name: new RegExp(`^Slide ${at} of ${count}`) })
  await slide(1).waitFor()
  await isSomewhere(page, 'in the presentation')
  // By the buttons first: the last press takes away what it pressed.
  await tabTo(page, page.getByRole('button', { name: 'Next slide' }))
  for (let at = 2; at <= count; at += 1) {
    await press('Enter')
    await slide(at).waitFor()
  }
  await isSomewhere(page, 'on the last slide')
  for (let at = count - 1; at >= 1; at -= 1) {
    await press('ArrowLeft')
    await slide(at).waitFor()
  }
  await press('Escape')
  await report.waitFor()
  await isSomewhere(page, 'back from the presentation')

  // What was typed is what the server has.
  await map.saved()
  const id = new URL(page.url()).pathname.split('/')[2]
  const made = await request(server.http, `/api/maps/${id}`)
  assert.equal(made.title, 'Opening an account, online')
  assert.deepEqual(made.personas.map(({ name }) => name), ['Mira'])
  assert.ok(made.review.last ?? made.review.lastReviewed, 'it was reviewed')
  assert.deepEqual(made.lanes.slice(-6).map(({ kind, title }) => [title, kind]), MORE_LANES.map(([words, kind]) => [`Our ${words}`, kind]))
  const texts = (stage) => made.cards.filter((card) => card.stage === stage).map(({ text }) => text)
  assert.deepEqual(texts('look'), ['Takes a photo', 'Asks a friend'])
  assert.equal(texts('need').length, made.lanes.length)
  const pick = (text, ...fields) => {
    const card = made.cards.find((one) => one.text === text)
    return fields.map((field) => card?.[field])
  }
  assert.deepEqual(pick('Advert in the tram', 'channel', 'momentOfTruth'), ['Billboard', true])
  assert.deepEqual(pick('To be done by tonight', 'actual', 'gap'), ['A letter after a week', 3])
  assert.deepEqual(pick('Hopeful', 'score'), [1.5])
  assert.deepEqual(pick('Must come in person', 'severity'), [4])
  assert.deepEqual(pick('Check the passport by video', 'impact', 'value', 'effort'), [5, 3, 2])
  assert.deepEqual(pick('Check the passport by video', 'addresses')[0], [pick('Must come in person', 'id')[0]])
  assert.deepEqual(pick('Card of support', 'actor'), ['Identity service'])
  assert.deepEqual(pick('Days until it works', 'value', 'unit'), [7.5, 'days'])
})
