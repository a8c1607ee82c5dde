// Emotion rounds in real browsers: everyone answers for themselves, nothing is known before the end, and then everyone sees the same.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes } from '../harness/eventually.mjs'
import { ears, facilitator, Member } from '../harness/facilitation.mjs'
import { tabTo } from '../harness/keys.mjs'
import { MapPage } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** Somebody who answers. */
class Voice extends MapPage {
  get bar() {
    return this.page.getByRole('region', { name: 'Emotion round' })
  }

  async open() {
    await this.page.getByRole('button', { name: 'Place your feelings' }).click()
    await this.page.getByRole('slider').first().waitFor()
  }

  slider(stage) {
    return this.page.getByRole('slider', { name: stage })
  }

  /** What every handle says, in the order of the map. */
  answers() {
    return this.page.getByRole('slider').evaluateAll((all) => all.map((one) => one.getAttribute('aria-valuetext')))
  }

  async answersAre(...wanted) {
    await becomes('the handles say so', () => this.answers(), wanted)
  }

  /** Everything placed is on the server. */
  async kept() {
    await this.page.locator('[data-feelings-state=saved]').waitFor()
  }

  get result() {
    return this.page.getByRole('dialog', { name: 'How the room felt' })
  }

  async showResult() {
    await this.page.getByRole('button', { name: 'Show how it felt' }).click()
    await this.result.waitFor()
  }

  /** The result as its table says it: stage, median, spread, answers. */
  table() {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('.e-picture tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)),
    )
  }
}

async function enter(t, { server, made }, name, { role = 'participant', ...options } = {}) {
  const user = await person(t, browser(), { server, name, ...options })
  const ear = ears(user)
  await comeIn(user, made, role)
  return { user, ear, map: new Voice(user.page), page: user.page }
}

/** A map with these people at a page each, and a facilitator without one, who has opened a round about all stages. */
async function round(t, names, { setup = {}, options = {} } = {}) {
  const server = await serverFor(t)
  const made = await importMap(server)
  const fay = await facilitator(server, made)
  const people = {}
  for (const name of names) people[name] = await enter(t, { server, made }, name, options[name])
  await fay.does({ openEmotionRound: { setup: { question: 'How does it feel?', ...setup } } })
  for (const name of names) await people[name].map.bar.waitFor()
  return { server, made, fay, ...people }
}

const cardsOf = async ({ server, made }) => (await request(server.http, `/api/maps/${made.id}`)).cards

test('answers are one’s own over a reload, a killed server, two tabs and who comes late, and are shown together without names', async (t) => {
  const room = await round(t, ['Ana', 'Bo'])
  const { server, fay, Ana, Bo } = room
  await Ana.map.open()
  await Ana.map.answersAre('Not answered', 'Not answered', 'Not answered')
  await Ana.map.slider('Search').press('ArrowUp')
  await Ana.map.slider('Apply').press('Home')
  await Ana.map.slider('Move in').press('Enter')
  await Ana.map.answersAre('+0.5, Good', '−2, Awful', '0, Neutral')
  await Ana.map.kept()
  assert.match(await Ana.map.bar.innerText(), /All stages answered/)

  await Bo.map.open()
  await Bo.map.answersAre('Not answered', 'Not answered', 'Not answered')
  await Bo.map.slider('Apply').press('End')
  await Bo.map.kept()

  await Ana.page.reload()
  await Ana.map.open()
  await Ana.map.answersAre('+0.5, Good', '−2, Awful', '0, Neutral')
  for (const { user } of [Ana, Bo]) user.tolerate(SERVER_AWAY)
  await server.kill()
  await server.start()
  await Bo.map.saved()
  await Bo.map.answersAre('Not answered', '+2, Delighted', 'Not answered')
  await Bo.map.slider('Search').press('ArrowDown')
  await Bo.map.kept()

  // Two tabs are one voice: what is placed or taken back in one is so in the other.
  const second = new Voice(await Ana.user.newTab())
  await second.page.goto(Ana.page.url())
  await second.ready()
  await second.open()
  await second.answersAre('+0.5, Good', '−2, Awful', '0, Neutral')
  await second.slider('Move in').press('Delete')
  await second.kept()
  await Ana.map.answersAre('+0.5, Good', '−2, Awful', 'Not answered')

  const cleo = await enter(t, room, 'Cleo')
  await cleo.map.bar.waitFor()
  await cleo.map.open()
  await cleo.map.slider('Apply').press('ArrowUp')
  await cleo.map.kept()

  // Nobody was ever sent any answers but their own, and nothing of a result.
  for (const [{ user, ear }, own] of [[Ana, /"s1":0\.5|"s2":-2|"s3":0\b/], [Bo, /"s1":-0\.5|"s2":2/], [cleo, /"s2":0\.5/]]) {
    assert.ok(!ear.heard('"median"') && !ear.heard('"points"'), `${user.name} was sent something of a result`)
    const sent = [...new Set(ear.all(/"scores":\{[^}]*\}/g).flatMap((scores) => scores.match(/"s\d":-?[\d.]+/g) ?? []))]
    assert.notEqual(sent.length, 0, 'the ears are deaf: even the own answers were not heard')
    assert.deepEqual(sent.filter((answer) => !own.test(answer)), [], `${user.name} was sent answers of others`)
  }

  await fay.does({ closeRound: { round: 1 } })
  const wanted = [
    ['Search', '0, Neutral', '0.5, some way apart', '−0.5; +0.5'],
    ['Apply', '+0.5, Good', '1.7, opposed', '−2; +0.5; +2'],
    ['Move in', 'No answer'],
  ]
  for (const { map } of [Ana, Bo, cleo]) {
    const ended = map.page.getByRole('region', { name: 'The emotion round that has ended' })
    await ended.getByText('Widest disagreement: Apply, 3 answers from −2 to +2.').waitFor()
    await map.showResult()
    await becomes('the result is the same for all', () => map.table(), wanted)
  }
  const apart = Bo.map.result.getByRole('region', { name: 'Widest disagreement first' }).getByRole('listitem')
  assert.match(await apart.first().innerText(), /^Apply/)
  await apart.first().getByRole('button', { name: 'Go to Apply' }).click()
  await becomes('the stage has the focus', () => Bo.page.evaluate(() => document.activeElement.dataset.spot), 'stage s2')
})

test('a handle follows mouse and finger; pressing it where it lies answers 0', async (t) => {
  const phone = { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true }
  const { Ana, Bo } = await round(t, ['Ana', 'Bo'], { options: { Bo: phone } })
  await Ana.map.open()
  const upright = await Ana.map.slider('Search').boundingBox()
  const middle = { x: upright.x + upright.width / 2, y: upright.y + upright.height / 2 }
  await Ana.page.mouse.move(middle.x, middle.y)
  await Ana.page.mouse.down()
  await Ana.page.mouse.move(middle.x, upright.y + 2, { steps: 6 })
  await Ana.page.mouse.up()
  await Ana.map.answersAre('+2, Delighted', 'Not answered', 'Not answered')
  const other = await Ana.map.slider('Apply').boundingBox()
  await Ana.page.mouse.click(other.x + other.width / 2, other.y + other.height / 2)
  await Ana.map.answersAre('+2, Delighted', '0, Neutral', 'Not answered')
  await Ana.page.getByRole('button', { name: 'Take back the answer for Search' }).click()
  await Ana.map.answersAre('Not answered', '0, Neutral', 'Not answered')
  await Ana.map.kept()

  // Rows on a narrow page.
  await Bo.page.getByRole('button', { name: 'Place your feelings' }).tap()
  const row = await Bo.map.slider('Search').boundingBox()
  await Bo.page.touchscreen.tap(row.x + 4, row.y + row.height / 2)
  await Bo.map.answersAre('−2, Awful', 'Not answered', 'Not answered')
  assert.equal(await Bo.map.slider('Search').getAttribute('aria-orientation'), 'horizontal')
  await Bo.map.kept()
  const { wide, room } = await Bo.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }))
  assert.ok(wide <= room, `the page is ${wide} px wide on ${room}`)
})

test('with the keyboard alone: from the bar to every stage, to the result and to where people differ', async (t) => {
  const { fay, Ana } = await round(t, ['Ana'])
  const { page, map } = Ana
  await tabTo(page, page.getByRole('button', { name: 'Place your feelings' }))
  await page.keyboard.press('Enter')
  for (const [stage, key] of [['Search', 'ArrowUp'], ['Apply', 'ArrowDown'], ['Move in', '0']]) {
    await tabTo(page, map.slider(stage))
    await page.keyboard.press(key)
  }
  await map.answersAre('+0.5, Good', '−0.5, Bad', '0, Neutral')
  await page.keyboard.press('Backspace')
  await map.answersAre('+0.5, Good', '−0.5, Bad', 'Not answered')
  await map.kept()
  await fay.does({ closeRound: { round: 1 } })
  await tabTo(page, page.getByRole('button', { name: 'Show how it felt' }))
  await page.keyboard.press('Enter')
  await map.result.waitFor()
  await tabTo(page, map.result.getByRole('button', { name: 'Go to Search' }))
  await page.keyboard.press('Enter')
  await becomes('the stage has the focus', () => page.evaluate(() => document.activeElement.dataset.spot), 'stage s1')
})

test('a round with a time limit counts down, closes by itself, and takes nothing afterwards', async (t) => {
  const { Ana } = await round(t, ['Ana'], { setup: { seconds: 10 } })
  await Ana.map.bar.getByRole('timer').waitFor()
  assert.match(await Ana.map.bar.getByRole('timer').innerText(), /^00:\d\d left$/)
  await Ana.map.open()
  await Ana.map.slider('Search').press('End')
  await Ana.map.kept()
  await Ana.page.getByRole('region', { name: 'The emotion round that has ended' }).waitFor()
  await Ana.map.showResult()
  assert.deepEqual((await Ana.map.table())[0], ['Search', '+2, Delighted', '0, one answer', '+2'])
})

test('what was placed without a server is sent when it is back', async (t) => {
  const { server, Ana } = await round(t, ['Ana'])
  Ana.user.tolerate(SERVER_AWAY)
  await Ana.map.open()
  await server.kill()
  await Ana.map.says('Offline')
  await Ana.map.slider('Search').press('End')
  await Ana.page.locator('[data-feelings-state=waiting]').waitFor()
  await Ana.map.answersAre('+2, Delighted', 'Not answered', 'Not answered')
  await server.start()
  await Ana.map.kept()
  await Ana.page.reload()
  await Ana.map.open()
  await Ana.map.answersAre('+2, Delighted', 'Not answered', 'Not answered')
})

test('a cancelled round shows nothing; somebody removed is out of it; an observer has no answers to give', async (t) => {
  const room = await round(t, ['Ana', 'Olga'], { options: { Olga: { role: 'observer' } } })
  const { fay, Ana, Olga } = room
  await Olga.map.bar.getByText('You have no answers to give in this round.').waitFor()
  assert.equal(await Olga.page.getByRole('button', { name: 'Place your feelings' }).count(), 0)
  await Ana.map.open()
  await Ana.map.slider('Search').press('End')
  await Ana.map.kept()
  await fay.does({ cancelRound: { round: 1 } })
  await Ana.page.getByText('It has no result, and nobody’s answers are kept.').waitFor()
  assert.equal(await Ana.page.getByRole('button', { name: 'Show how it felt' }).count(), 0)
  await fay.does({ openEmotionRound: { setup: { question: 'Once more?' } } })
  await Ana.map.bar.getByText('Once more?').waitFor()
  await Ana.map.open()
  await Ana.map.answersAre('Not answered', 'Not answered', 'Not answered')
  Ana.user.tolerate(/401/)
  const { participant } = await Ana.page.evaluate(async (map) => (await fetch(`/api/maps/${map}/me`)).json(), room.made.id)
  await fay.does({ remove: { participant } })
  await Ana.page.getByRole('heading', { name: 'You are no longer in this map' }).waitFor()
})

test('a facilitator puts the median on the emotion lane: what changes is said before, and one undo takes it back', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const room = { server, made }
  const ana = await enter(t, room, 'Ana', { role: 'facilitator' })
  const guests = await Promise.all(['B', 'C', 'D'].map((name) => Member.join(server, made, name)))
  const fay = await facilitator(server, made)
  await fay.does({ openEmotionRound: { setup: { question: 'How does it feel to Mira?' } } })
  await ana.map.bar.waitFor()
  const scores = { s1: [-1, -0.5, -0.5], s2: [1, 2, 1.5], s3: [1.5, 2, 1.5] }
  for (const [stage, all] of Object.entries(scores)) {
    for (const [at, score] of all.entries()) await guests[at].does({ feel: { round: 1, stage, score } })
  }
  await fay.does({ closeRound: { round: 1 } })
  await ana.map.showResult()
  await ana.map.result.getByRole('button', { name: /^Apply the median/ }).click()
  await ana.map.result.getByText('from +1 to −0.5, Bad, on “Hopeful”').waitFor()
  await ana.map.result.getByText('+1.5 already, on “Relieved”').waitFor()
  await ana.map.result.getByRole('button', { name: 'Change 2 cards' }).click()
  const felt = async () => Object.fromEntries((await cardsOf(room)).filter(({ lane }) => lane === 'l3').map(({ id, score }) => [id, score]))
  await becomes('the server has the scores', felt, { c2: -0.5, c3: 1.5, c4: 1.5 })
  await ana.page.keyboard.press('Escape')
  await ana.map.result.waitFor({ state: 'detached' })
  await ana.map.card('Hopeful').focus()
  await ana.page.keyboard.press('Control+z')
  await becomes('one undo takes all of it back', felt, { c2: 1, c3: -1, c4: 1.5 })
})

test('how the room felt lies over the emotion lane, stands in the report and in its Markdown', async (t) => {
  const { fay, Ana } = await round(t, ['Ana'])
  await Ana.map.open()
  await Ana.map.slider('Search').press('End')
  await Ana.map.slider('Apply').press('Home')
  await Ana.map.kept()
  const toolbar = Ana.page.getByRole('toolbar', { name: 'Map' })
  await toolbar.getByRole('button', { name: 'View' }).click()
  assert.equal(await Ana.page.getByRole('menuitemcheckbox', { name: 'How the room felt' }).count(), 0)
  await Ana.page.keyboard.press('Escape')
  await fay.does({ closeRound: { round: 1 } })
  await Ana.page.getByRole('region', { name: 'The emotion round that has ended' }).waitFor()
  await toolbar.getByRole('button', { name: 'View' }).click()
  await Ana.page.getByRole('menuitemcheckbox', { name: 'How the room felt' }).click()
  await Ana.page.locator('.m-curve .e-crowd__line').waitFor({ state: 'attached' })
  await Ana.page.getByText('How the room felt: median and spread').waitFor()
  await Ana.page.keyboard.press('Escape')

  await Ana.page.getByRole('navigation', { name: 'Screens of this map' }).getByRole('link', { name: 'Report' }).click()
  const section = Ana.page.getByRole('region', { name: 'How the room felt' })
  await section.getByText('How does it feel?', { exact: false }).first().waitFor()
  assert.deepEqual((await Ana.map.table()).map(([stage, median]) => [stage, median]), [
    ['Search', '+2, Delighted'],
    ['Apply', '−2, Awful'],
    ['Move in', 'No answer'],
  ])
  const [download] = await Promise.all([
    Ana.page.waitForEvent('download'),
    Ana.page.getByRole('button', { name: 'Download Markdown' }).click(),
  ])
  const markdown = await readFile(await download.path(), 'utf8')
  assert.match(markdown, /## How the room felt/)
  assert.match(markdown, /\| Apply \| −2, Awful \|/)
})

test('a facilitator opens a round from the panel, sees who is done and never with what, closes it, and opens it again', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const room = { server, made }
  const fay = await enter(t, room, 'Fay', { role: 'facilitator' })
  const ana = await enter(t, room, 'Ana')
  const { page } = fay
  const panel = page.getByRole('complementary', { name: 'Facilitate' })
  await page.getByRole('button', { name: 'Facilitate' }).click()
  await panel.getByRole('tab', { name: 'Rounds' }).click()
  await panel.getByRole('button', { name: 'New emotion round' }).click()
  const form = panel.getByRole('form', { name: 'Open an emotion round' })
  assert.equal(await form.getByRole('textbox', { name: 'Question' }).inputValue(), 'How does it feel to Mira?')
  await form.getByRole('checkbox', { name: 'Move in' }).click({ force: true })
  await panel.getByRole('button', { name: 'Open the round' }).click()
  await ana.map.bar.waitFor()
  await ana.map.open()
  await ana.map.slider('Search').press('End')
  await ana.map.kept()
  await becomes('it tells who is done', () => panel.locator('.how-far > p').innerText(), '0 of 2 are done, 1 has begun')
  await ana.map.slider('Apply').press('Home')
  await ana.map.kept()
  await becomes('it tells who is done', () => panel.locator('.how-far > p').innerText(), '1 of 2 are done, 1 has begun')
  assert.match(await panel.getByRole('list', { name: 'Who has answered for every stage' }).innerText(), /Ana/)
  const sent = fay.ear.all(/"scores":\{[^}]*\}/g).filter((scores) => scores !== '"scores":{}')
  assert.deepEqual(sent, [], 'the facilitator was sent answers of others')

  await panel.getByRole('button', { name: 'Close and show how it felt' }).click()
  await panel.getByRole('button', { name: 'Show how it felt: How does it feel to Mira?' }).click()
  await becomes('the result is there', () => fay.map.table(), [
    ['Search', '+2, Delighted', '0, one answer', '+2'],
    ['Apply', '−2, Awful', '0, one answer', '−2'],
  ])
  await page.keyboard.press('Escape')
  await panel.getByRole('button', { name: 'Open again: How does it feel to Mira?' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Open it again' }).click()
  await ana.map.bar.waitFor()
  await ana.map.open()
  await ana.map.answersAre('Not answered', 'Not answered')
})
