// A step that locks what lies outside its focus, as people meet it: whoever was writing there gets their words back, nobody else notices,
// the facilitator works everywhere, and when the step is over everyone does (LOCK, SAVE-6).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blindfold } from '../harness/blindfold.mjs'
import { eventually } from '../harness/eventually.mjs'
import { allEqual, MapPage, stored } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { begin, chromiumForAll, command, importMap, comeIn, person, serverFor, step } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** The lane of feelings is what the step is about; actions and touchpoints stand still. */
const FEELINGS = step('How it feels', { lock: true, focus: { lanes: ['l3'] } })
const AGENDA = [FEELINGS, step('All of it')]

const texts = ({ cells }) => Object.values(cells).flat().map(([, text]) => text)
const dialog = (page) => page.getByRole('alertdialog', { name: 'An edit of yours was not accepted' })
const givenBack = (page) => dialog(page).getByRole('listitem').allInnerTexts()

/** A small map and people of these names with a browser each: Fay facilitates, Ana and Bo participate. */
async function here(t, ...names) {
  const server = await serverFor(t)
  const made = await importMap(server)
  const people = await Promise.all(names.map((name) => person(t, browser(), { server, name })))
  return { server, made, map: made.id, people }
}

/** Writes a new card in one stroke, not knowing whether it will stay. */
async function tries(map, lane, stage, text) {
  await map.cell(lane, stage).focus()
  await map.page.keyboard.press('n')
  await map.typing.waitFor()
  await map.page.keyboard.insertText(text)
}

test('whoever types into a card when a locked step begins elsewhere gets the words back, and the map is as everyone sees it', async (t) => {
  const { server, made, map, people: [fay, ana, bo] } = await here(t, 'Fay', 'Ana', 'Bo')
  const blind = await blindfold(ana.page)
  const f = await comeIn(fay, made, 'facilitator')
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  await a.edit('Compares listings')
  await a.page.keyboard.type(' on the train')
  await b.card('Compares listings on the train').waitFor()
  await a.saved()

  // The step begins, and before Ana's page hears of it she goes on.
  blind.on()
  await begin(server, map, AGENDA)
  await b.page.getByRole('region', { name: 'Step under way' }).waitFor()
  await a.page.keyboard.insertText(' and at night')
  await dialog(a.page).waitFor()
  blind.off()
  assert.deepEqual(await givenBack(a.page), ['Compares listings on the train and at night'])
  const why = await dialog(a.page).innerText()
  assert.match(why, /The step “How it feels” is about a part of the map, and the rest stands still until it is over\. The map was loaded anew/)
  const { cells } = await allEqual(server, map, [a, b, f])
  assert.deepEqual(cells['l2/s1'], [['c1', 'Compares listings on the train']])
  await dialog(a.page).getByRole('button', { name: 'Done' }).click()
  await dialog(a.page).waitFor({ state: 'detached' })
  await a.page.reload()
  await a.ready()
  assert.equal(await dialog(a.page).count(), 0, 'taken once, the words are not offered again')

  // Inside the focus she goes on at once, from the copy that was loaded anew.
  await a.edit('Hopeful')
  await a.page.keyboard.type(' still')
  await a.page.keyboard.press('Enter')
  await a.saved()
  await b.card('Hopeful still').waitFor()
  await allEqual(server, map, [a, b, f])
})

test('the facilitator works everywhere, participants inside; when the step is over everyone does', async (t) => {
  const { server, made, map, people: [fay, ana, bo] } = await here(t, 'Fay', 'Ana', 'Bo')
  const f = await comeIn(fay, made, 'facilitator')
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  await begin(server, map, AGENDA)
  await a.page.getByRole('region', { name: 'Step under way' }).waitFor()
  await f.addCard('Actions', 1, 'Of the facilitator')
  await f.edit('Compares listings')
  await f.page.keyboard.type(' twice')
  await f.page.keyboard.press('Enter')
  await a.addCard('Feelings', 1, 'Of Ana')
  await b.edit('Relieved')
  await b.page.keyboard.type(' at last')
  await b.page.keyboard.press('Enter')
  for (const page of [a, b, f]) {
    await page.saved()
    for (const text of ['Of the facilitator', 'Compares listings twice', 'Of Ana', 'Relieved at last']) await page.card(text).waitFor()
    assert.equal(await dialog(page.page).count(), 0)
  }
  await command(server, map, { nextStep: {} })
  await a.page.getByRole('region', { name: 'Step under way' }).getByRole('heading', { name: 'All of it' }).waitFor()
  await a.addCard('Actions', 2, 'Of Ana too')
  await a.saved()
  await b.card('Of Ana too').waitFor()
  await allEqual(server, map, [a, b, f])
})

test('what was written offline before the lock is offered back on return, inside and outside alike, and nothing changes for anyone else', async (t) => {
  const { server, made, map, people: [ana, bo] } = await here(t, 'Ana', 'Bo')
  ana.tolerate(SERVER_AWAY)
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  await a.saved()
  await ana.context.setOffline(true)
  await a.says('Offline')
  await a.addCard('Actions', 1, 'Written in a tunnel')
  await a.addCard('Feelings', 1, 'Cut off')
  await a.edit('Compares listings')
  await a.page.keyboard.type(' by train')
  await a.page.keyboard.press('Enter')
  await a.says(/^Offline: \d+ changes waiting/)
  await begin(server, map, AGENDA)
  const before = await stored(server, map)

  await ana.context.setOffline(false)
  await dialog(a.page).waitFor()
  assert.deepEqual((await givenBack(a.page)).sort(), ['Compares listings by train', 'Cut off', 'Written in a tunnel'])
  await dialog(a.page).getByRole('button', { name: 'Done' }).click()
  await a.saved()
  assert.deepEqual(await stored(server, map), before)
  await allEqual(server, map, [a, b])
  await a.addCard('Feelings', 1, 'Cut off, written again')
  await b.card('Cut off, written again').waitFor()
})

test('a page that was closed with unsent words gives them back on the next visit, when a lock began in between', async (t) => {
  const { server, made, map, people: [ana, bo] } = await here(t, 'Ana', 'Bo')
  ana.tolerate(SERVER_AWAY)
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  await a.saved()
  await ana.context.setOffline(true)
  await a.says('Offline')
  await a.addCard('Touchpoints', 0, 'The lid was closed on this')
  await a.waits()
  await a.page.close()
  await begin(server, map, AGENDA)
  const before = await stored(server, map)

  await ana.context.setOffline(false)
  ana.page = await ana.newTab()
  await ana.open(`/map/${map}`)
  await dialog(ana.page).waitFor()
  assert.deepEqual(await givenBack(ana.page), ['The lid was closed on this'])
  await dialog(ana.page).getByRole('button', { name: 'Done' }).click()
  const again = await new MapPage(ana.page).ready()
  await again.saved()
  assert.deepEqual(await stored(server, map), before)
  await allEqual(server, map, [again, b])
})

test('a comment begun on a card is still there after another edit was refused', async (t) => {
  const { server, made, map, people: [ana] } = await here(t, 'Ana')
  const blind = await blindfold(ana.page)
  const a = await comeIn(ana, made)
  await a.saved()
  const comment = () => a.page.getByRole('textbox', { name: 'Comment' })
  await a.card('Hopeful').focus()
  await a.page.keyboard.press('Space')
  await comment().fill('Is that so for everyone?')
  blind.on()
  await begin(server, map, AGENDA)
  await tries(a, 'Actions', 1, 'Outside')
  await dialog(a.page).waitFor()
  blind.off()
  assert.deepEqual(await givenBack(a.page), ['Outside'])
  await dialog(a.page).getByRole('button', { name: 'Done' }).click()
  await a.ready()
  await a.card('Hopeful').focus()
  await a.page.keyboard.press('Space')
  await eventually('the words are in the form', async () => (await comment().inputValue()) === 'Is that so for everyone?')
})

test('when its time is up, a step that locks at zero holds the whole map, until the facilitator gives more', async (t) => {
  const { server, made, map, people: [ana, bo] } = await here(t, 'Ana', 'Bo')
  const blind = await blindfold(ana.page)
  const [a, b] = await Promise.all([ana, bo].map((user) => comeIn(user, made)))
  await begin(server, map, [step('Map', { minutes: 1, atZero: 'lock' })])
  await a.addCard('Actions', 1, 'In time')
  await b.card('In time').waitFor()
  blind.on()
  // To nothing at once: what comes at the deadline comes too late.
  await command(server, map, { extend: { seconds: -60 } })
  await tries(a, 'Actions', 2, 'Too late')
  await dialog(a.page).waitFor()
  blind.off()
  assert.deepEqual(await givenBack(a.page), ['Too late'])
  assert.match(await dialog(a.page).innerText(), /The time of the step “Map” is up, and the map stands still until the facilitator goes on\./)
  assert.ok(!texts(await stored(server, map)).includes('Too late'))
  await dialog(a.page).getByRole('button', { name: 'Done' }).click()
  await command(server, map, { extend: { seconds: 600 } })
  await eventually('Ana’s page knows', async () => (await a.page.locator('[role=gridcell][data-bounds~=still]').count()) === 0)
  await a.addCard('Actions', 2, 'With more time')
  await b.card('With more time').waitFor()
  await allEqual(server, map, [a, b])
})
