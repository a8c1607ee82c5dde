// Home, joining and roles: the ways into a map, the ways in which they fail, and who may do what once inside.

import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { eventually } from '../harness/eventually.mjs'
import { allEqual, MapPage, stored } from '../harness/map.mjs'
import { readSample, samples } from '../harness/samples.mjs'
import { chromiumForAll, importMap, joinByLink, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

async function anaAtHome(t) {
  const server = await serverFor(t)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  await ana.open('/')
  return { server, ana, page: ana.page }
}

/** On the join page: a name and Join. */
async function enter({ page, name }) {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
  return new MapPage(page).ready()
}

const idOf = (page) => new URL(page.url()).pathname.split('/').at(-1)

test('a new map from a template carries the scope it was given', async (t) => {
  const { server, ana, page } = await anaAtHome(t)
  await page.getByRole('button', { name: 'New map' }).click()
  const dialog = page.getByRole('dialog', { name: 'New map' })
  await dialog.getByText('Service blueprint').click()
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Library card')
  await dialog.getByRole('textbox', { name: 'Whose journey is it?' }).fill('Jonas, new in town')
  await dialog.getByRole('textbox', { name: 'From where to where?' }).fill('From the idea to the first book')
  await dialog.getByRole('textbox', { name: 'What will it help to decide?' }).fill('Which desk to close')
  await dialog.getByRole('button', { name: 'Create map' }).click()
  const map = await enter(ana)
  await map.saved()
  const id = idOf(page)
  const document = await request(server.http, `/api/maps/${id}`)
  assert.equal(document.title, 'Library card')
  assert.equal(document.kind, 'service-blueprint')
  assert.equal(document.scenario, 'From the idea to the first book')
  assert.equal(document.goal, 'Which desk to close')
  assert.deepEqual(document.personas.map(({ name, primary }) => ({ name, primary })), [{ name: 'Jonas, new in town', primary: true }])
  await allEqual(server, id, [map])
  for (const line of ['Line of interaction', 'Line of visibility', 'Line of internal interaction']) {
    await page.getByText(line, { exact: true }).waitFor()
  }
  assert.equal(await page.getByRole('textbox', { name: 'Title of the map' }).inputValue(), 'Library card')

  // Home lists it, and the way back is one click.
  await page.getByRole('link', { name: 'All maps' }).click()
  await page.getByRole('link', { name: /Library card/ }).click()
  await new MapPage(page).ready()
})

test('a blank map says how to begin', async (t) => {
  const { server, ana, page } = await anaAtHome(t)
  await page.getByRole('button', { name: 'New map' }).click()
  await page.getByRole('dialog').getByText('Blank', { exact: true }).click()
  await page.getByRole('button', { name: 'Create map' }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill(ana.name)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('button', { name: 'Start with five stages and six lanes' }).click()
  const map = await new MapPage(page).ready()
  await map.saved()
  const { stages, lanes } = await allEqual(server, idOf(page), [map])
  assert.deepEqual([stages.length, lanes.length], [5, 6])
})

for (const file of (await readdir(samples)).filter((name) => name.endsWith('.json'))) {
  test(`${file} is imported, shown whole, and exported as it was`, async (t) => {
    const { server, ana, page } = await anaAtHome(t)
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'import a file' }).click()
    await (await choosing).setFiles(join(samples, file))
    const map = await enter(ana)
    await map.saved()
    const sample = await readSample(file)
    const shown = await allEqual(server, idOf(page), [map])
    assert.deepEqual(shown.stages.map(({ title }) => title), sample.stages.map(({ title }) => title))
    const hidden = new Set(sample.lanes.filter((lane) => lane.hidden).map(({ id }) => id))
    assert.equal(Object.values(shown.cells).flat().length, sample.cards.filter(({ lane }) => !hidden.has(lane)).length)

    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Export…' }).click()
    await page.getByRole('radio', { name: /^JSON/ }).check({ force: true })
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const exported = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
    assert.deepEqual(exported.cards, sample.cards)
    assert.deepEqual(exported.personas, sample.personas)
  })
}

test('an import that breaks a rule names the place in the file; one that is no JSON names the line', async (t) => {
  const { server, ana, page } = await anaAtHome(t)
  ana.tolerate(/\/api\/maps\/import: .*\b422\b/)
  const sample = await readSample('renting-a-flat.current.json')
  sample.cards[12].stage = 's99'
  const give = async (name, text) => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'import a file' }).click()
    await (await choosing).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    return page.getByRole('alert')
  }
  const refused = await give('broken.json', JSON.stringify(sample))
  await refused.getByText('“broken.json” was not imported').waitFor()
  assert.match(await refused.innerText(), /cards\[12\]\.stage/)
  assert.match(await refused.innerText(), /s99/)
  const unread = await give('half.json', '{\n  "format": "cairn.map/1",\n  oops')
  await unread.getByText('“half.json” was not imported').waitFor()
  assert.match(await unread.innerText(), /line 3/)
  assert.deepEqual((await request(server.http, '/api/maps')).maps, [])
})

test('“See a live workshop” lets simulated participants in, and their cards appear as they write', async (t) => {
  const { ana, page } = await anaAtHome(t)
  await page.getByRole('button', { name: 'See a live workshop' }).click()
  const map = await enter(ana)
  await page.getByRole('button', { name: /^([3-9]|1\d) people here/ }).waitFor()
  const cards = async () => Object.values((await map.shown()).cells).flat().length
  const before = await cards()
  await eventually('more cards are there', async () => (await cards()) > before)
  // Somebody is seen at a place.
  await eventually('a participant is seen at a card', async () => (await map.grid.getByRole('listitem', { name: /; here: / }).count()) > 0)
})

test('an unknown map and an unknown address say so', async (t) => {
  const { ana, page } = await anaAtHome(t)
  ana.tolerate(/\/me: .*\b404\b/)
  for (const path of ['/join/nosuchmap0000000#abc', '/map/nosuchmap0000000']) {
    await ana.open(path)
    await page.getByRole('heading', { name: 'There is no such map' }).waitFor()
  }
  await ana.open('/map/of/nothing')
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  await page.getByRole('button', { name: 'Go to your maps' }).click()
  await page.getByRole('heading', { name: 'Map the journey together' }).waitFor()
})

test('an invite that was replaced, or never was, is refused with what to do; the new one works', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const bo = await person(t, browser(), { server, name: 'Bo' })
  bo.tolerate(/\/api\/join: .*\b40[134]\b/)
  await joinByLink(ana, made, 'facilitator')
  await ana.page.getByRole('button', { name: 'Share' }).click()
  const row = ana.page.getByRole('region', { name: 'Participants' })
  await row.getByRole('button', { name: /^(Replace|Make)/ }).click()
  await row.getByRole('button', { name: 'Make a new link' }).click()
  const field = row.getByRole('textbox', { name: 'Invite link for participants' })
  await eventually('a new link is there', async () => {
    const link = await field.inputValue()
    return link.includes('#') && !link.endsWith(made.invites.participant)
  })

  for (const token of [made.invites.participant, 'x'.repeat(43)]) {
    await bo.open('/')
    await bo.open(`/join/${made.id}#${token}`)
    await bo.page.getByRole('textbox', { name: 'Your name' }).fill('Bo')
    await bo.page.getByRole('button', { name: 'Join' }).click()
    await bo.page.getByRole('alert').getByText('This invite no longer works').waitFor()
    assert.ok(!bo.page.url().includes('#'), 'the token stays in the address bar')
  }
  await bo.open('/')
  await bo.page.goto(await field.inputValue())
  await enter(bo)
})

test('a name is asked for before anything is sent', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const bo = await person(t, browser(), { server, name: 'Bo' })
  await bo.open(`/join/${made.id}#${made.invites.participant}`)
  await bo.page.getByRole('button', { name: 'Join' }).click()
  await bo.page.getByText('Type the name the others will see.').waitFor()
  assert.ok(await bo.page.getByRole('textbox', { name: 'Your name' }).evaluate((field) => field.matches(':invalid, [aria-invalid=true]')))
})

test('an observer sees everything as it happens, is offered nothing to edit with, and changes nothing', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const olga = await person(t, browser(), { server, name: 'Olga' })
  const a = await joinByLink(ana, made)
  const o = await joinByLink(olga, made, 'observer')
  const before = await stored(server, made.id)
  const { page } = olga
  const { keyboard } = page

  await page.getByText('You are watching').waitFor()
  for (const name of ['Card', 'Lane', 'Add lane', 'Add stage', 'Undo', 'Redo']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, `an observer is offered “${name}”`)
  }
  assert.equal(await page.getByRole('button', { name: /^(Stage|Lane) “/ }).count(), 0)
  assert.equal(await page.getByText(/^\+ Add/).count(), 0)
  assert.equal(await page.getByRole('textbox', { name: 'Title of the map' }).count(), 0)

  for (const spot of [o.cell('Touchpoints', 0), o.card('Compares listings'), o.stage('Apply'), o.lane('Actions')]) {
    for (const keys of ['n', 'F2', 'Delete', 'Alt+ArrowRight', 'Alt+ArrowUp', '+']) {
      await spot.focus()
      await keyboard.press(keys)
    }
  }
  await o.cell('Touchpoints', 1).dblclick()
  await keyboard.type('May I')
  assert.equal(await o.typing.count(), 0)
  await o.card('Compares listings').focus()
  await keyboard.press('Space')
  const panel = page.getByRole('complementary', { name: 'Card details' })
  await panel.getByText('Compares listings').click()
  await keyboard.type('May I')
  assert.equal(await panel.getByRole('textbox').count(), 0)
  assert.equal(await panel.getByRole('button', { name: /Delete|Add/ }).count(), 0)
  await page.getByRole('button', { name: 'Close details' }).click()
  assert.deepEqual(await stored(server, made.id), before)

  // What the others do arrives, and the observer is told no lies about saving.
  await a.addCard('Touchpoints', 0, 'Seen by the observer')
  await o.card('Seen by the observer').waitFor()
  await a.saved()
  await o.saved()
  await allEqual(server, made.id, [a, o])
})

test('a reload, and the link opened again, keep who one is', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const ana = await person(t, browser(), { server, name: 'Ana' })
  const map = await joinByLink(ana, made)
  const me = () => ana.page.evaluate((id) => fetch(`/api/maps/${id}/me`).then((answer) => answer.json()), made.id)
  const before = await me()
  assert.equal(before.name, 'Ana')
  await ana.page.reload()
  await map.ready()
  await map.saved()
  assert.deepEqual(await me(), before)
  await ana.open(`/join/${made.id}#${made.invites.participant}`)
  await map.ready()
  await map.saved()
  assert.deepEqual(await me(), before)
  await ana.page.getByRole('button', { name: /^1 person here/ }).waitFor()
  // The link of a higher role raises the same person.
  await ana.open('/')
  await ana.open(`/join/${made.id}#${made.invites.facilitator}`)
  await map.ready()
  assert.deepEqual(await me(), { ...before, role: 'facilitator' })
})
