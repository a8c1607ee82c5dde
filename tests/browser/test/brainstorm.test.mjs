// Brainstorms in real browsers: cards that only their writer sees, over reloads, restarts, two tabs and a lost connection, until the reveal.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../../conformance/harness/maps.mjs'
import { becomes } from '../harness/eventually.mjs'
import { ears, facilitator } from '../harness/facilitation.mjs'
import { standing, tabTo } from '../harness/keys.mjs'
import { allEqual, MapPage } from '../harness/map.mjs'
import { SERVER_AWAY } from '../harness/users.mjs'
import { chromiumForAll, importMap, comeIn, person, serverFor } from '../harness/workshop.mjs'

const browser = chromiumForAll()

/** Somebody who writes: the map page with private cards in it. */
class Writer extends MapPage {
  get bar() {
    return this.page.getByRole('region', { name: 'Brainstorm' })
  }

  draft(text) {
    return this.grid.getByRole('listitem', { name: new RegExp(`^Private .*: ${text}`) })
  }

  get drafting() {
    return this.page.getByRole('textbox', { name: /^Text of the private/ })
  }

  get field() {
    return this.page.getByRole('textbox', { name: 'Your card' })
  }

  /** Private cards on screen, as `lane/stage: text`. */
  drafts() {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('.b-draft')].map((draft) => {
        const cell = draft.closest('[data-lane][data-stage]').dataset
        return `${cell.lane}/${cell.stage}: ${draft.querySelector('textarea')?.value ?? draft.querySelector('.m-card__text').textContent}`
      }),
    )
  }

  /** `N` in a cell of the focus, the words, Enter, and no next card. */
  async write(lane, stage, text) {
    await this.cell(lane, stage).focus()
    await this.page.keyboard.press('n')
    await this.drafting.waitFor()
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Enter')
    await this.page.keyboard.press('Escape')
    await this.draft(text).waitFor()
  }

  /** What the page says of its drafts. */
  async draftsAre(state) {
    await this.page.locator(`[data-draft-state=${state}]`).first().waitFor()
  }
}

/** A map with these people at a page each, and a facilitator without one, who has begun a brainstorm about the actions. */
async function brainstorm(t, names, { signed = false, focus = { lanes: ['l2'] } } = {}) {
  const server = await serverFor(t)
  const made = await importMap(server)
  const fay = await facilitator(server, made)
  const people = {}
  for (const name of names) people[name] = await enter(t, { server, made }, name)
  await fay.does({ startBrainstorm: { setup: { prompt: 'What do they do?', focus, signed } } })
  for (const name of names) await people[name].map.bar.waitFor()
  return { server, made, fay, ...people }
}

async function enter(t, { server, made }, name, { role = 'participant', ...options } = {}) {
  const user = await person(t, browser(), { server, name, ...options })
  const ear = ears(user)
  await comeIn(user, made, role)
  return { user, ear, map: new Writer(user.page), page: user.page }
}

const cardsOf = async ({ server, made }) => (await request(server.http, `/api/maps/${made.id}`)).cards

test('a private card is its writer’s alone, over a reload, a killed server and who comes late, until all are revealed at once', async (t) => {
  const room = await brainstorm(t, ['Ana', 'Bo'])
  const { server, made, fay, Ana, Bo } = room
  await Ana.map.write('Actions', 1, 'Marker of Ana')
  await Bo.map.write('Actions', 1, 'Marker of Bo')
  await Ana.map.draftsAre('saved')
  await Bo.map.draftsAre('saved')

  await Ana.page.reload()
  await becomes('the reload shows the card', () => Ana.map.drafts(), ['l2/s2: Marker of Ana'])

  for (const { user } of [Ana, Bo]) user.tolerate(SERVER_AWAY)
  await server.kill()
  await server.start()
  await Ana.map.write('Actions', 0, 'Marker after the restart')
  await Ana.map.draftsAre('saved')
  await Bo.map.saved()
  assert.deepEqual(await Bo.map.drafts(), ['l2/s2: Marker of Bo'])

  const cleo = await enter(t, room, 'Cleo')
  await cleo.map.bar.waitFor()
  assert.deepEqual(await cleo.map.drafts(), [])
  await cleo.map.write('Actions', 2, 'Marker of Cleo')
  await cleo.map.draftsAre('saved')

  for (const [who, others] of [[Ana, ['of Bo', 'of Cleo']], [Bo, ['of Ana', 'after the restart', 'of Cleo']], [cleo, ['of Ana', 'after the restart', 'of Bo']]]) {
    assert.notEqual(who.ear.frames(), 0, 'the ears are deaf')
    for (const other of others) assert.ok(!who.ear.heard(`Marker ${other}`), `${who.user.name} was sent “Marker ${other}”`)
  }
  assert.deepEqual((await cardsOf(room)).filter(({ text }) => text.startsWith('Marker')), [])

  await fay.does({ reveal: {} })
  await cleo.page.getByText('4 cards revealed').first().waitFor()
  const { cells } = await allEqual(server, made.id, [Ana.map, Bo.map, cleo.map])
  assert.ok(Bo.ear.heard('Marker of Ana'), 'the ears are deaf: what was revealed was never heard either')
  assert.deepEqual(cells['l2/s2'].map(([, text]) => text).sort(), ['Marker of Ana', 'Marker of Bo'])
  for (const card of (await cardsOf(room)).filter(({ text }) => text.startsWith('Marker'))) {
    assert.equal(card.author ?? '', '', 'an anonymous card names its writer')
  }
  for (const { map } of [Ana, Bo, cleo]) {
    assert.deepEqual(await map.drafts(), [])
    assert.equal(await map.bar.count(), 0)
  }
})

test('signed cards show who wrote them; the bar has said so before', async (t) => {
  const room = await brainstorm(t, ['Ana'], { signed: true })
  const { fay, Ana } = room
  assert.match(await Ana.map.bar.innerText(), /Signed: when the cards are revealed, each shows who wrote it/)
  await Ana.map.write('Actions', 0, 'Under my name')
  await Ana.map.draftsAre('saved')
  await fay.does({ reveal: {} })
  await Ana.map.card('Under my name').waitFor()
  const [card] = (await cardsOf(room)).filter(({ text }) => text === 'Under my name')
  assert.equal(card.author, 'Ana')
})

test('two tabs show the same cards and do not fight over one', async (t) => {
  const { Ana } = await brainstorm(t, ['Ana'])
  const second = new Writer(await Ana.user.newTab())
  await second.page.goto(Ana.page.url())
  await second.ready()
  await Ana.map.write('Actions', 0, 'From the first tab')
  await second.draft('From the first tab').waitFor()
  await second.write('Actions', 0, 'From the second tab')
  await Ana.map.draft('From the second tab').waitFor()

  // One tab types on while the other changes the same card: the last word counts in both, whatever views come between.
  await Ana.map.draft('From the first tab').focus()
  await Ana.page.keyboard.press('Enter')
  for (const letters of [' and', ' it', ' goes', ' on']) {
    await Ana.page.keyboard.type(letters, { delay: 20 })
    assert.ok((await Ana.map.drafting.inputValue()).endsWith(letters), 'a view has taken away what was typed')
    await second.draft('From the first tab').waitFor()
  }
  await Ana.page.keyboard.press('Tab')
  const both = ['l2/s1: From the first tab and it goes on', 'l2/s1: From the second tab']
  for (const map of [Ana.map, second]) {
    await becomes('both tabs show it', () => map.drafts(), both)
    await map.draftsAre('saved')
  }
})

test('without a server the words wait, are said to wait, and come in when it is back; a closed tab loses none', async (t) => {
  const { server, Ana } = await brainstorm(t, ['Ana'])
  Ana.user.tolerate(SERVER_AWAY)
  await Ana.user.keepFiles()
  await server.kill()
  await Ana.map.says('Offline')
  await Ana.map.write('Actions', 0, 'Written in the dark')
  await Ana.map.draftsAre('waiting')
  const address = Ana.page.url()
  await Ana.page.close()

  await server.start()
  Ana.user.page = await Ana.user.newTab()
  const again = new Writer(Ana.user.page)
  await again.page.goto(address)
  await again.ready()
  await again.draft('Written in the dark').waitFor()
  await again.draftsAre('saved')
  const kept = await again.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('cairn.draft.')))
  assert.deepEqual(kept, [], 'the browser keeps what the server has')
})

test('words that were still on their way when the cards were revealed are given back', async (t) => {
  const { server, made, fay, Ana } = await brainstorm(t, ['Ana'])
  await Ana.map.write('Actions', 0, 'Came in')
  await Ana.map.draftsAre('saved')
  Ana.user.tolerate(SERVER_AWAY)
  await Ana.user.context.setOffline(true)
  await Ana.map.says('Offline')
  await Ana.map.write('Actions', 1, 'Too late for it')
  await Ana.map.draftsAre('waiting')
  await fay.does({ reveal: {} })
  await Ana.user.context.setOffline(false)
  const left = Ana.page.getByRole('region', { name: 'Words that were not saved' })
  await left.getByText('Too late for it').waitFor()
  assert.equal(await left.getByText('Came in').count(), 0)

  await left.getByRole('button', { name: 'Put it on the map for everyone' }).click()
  await Ana.map.card('Too late for it').waitFor()
  assert.equal(await left.count(), 0)
  await Ana.map.saved()
  await allEqual(server, made.id, [Ana.map])
})

test('the drafts of somebody who is removed go with them, from the map and from their browser', async (t) => {
  const room = await brainstorm(t, ['Ana', 'Bo'])
  const { fay, Ana, Bo } = room
  await Ana.map.write('Actions', 0, 'Stays')
  await Bo.map.write('Actions', 0, 'Goes')
  await Ana.map.draftsAre('saved')
  await Bo.map.draftsAre('saved')
  const { participant } = await Bo.page.evaluate(async (map) => (await fetch(`/api/maps/${map}/me`)).json(), room.made.id)
  Bo.user.tolerate(/401/)
  await fay.does({ remove: { participant } })
  await Bo.page.getByRole('heading', { name: 'You are no longer in this map' }).waitFor()
  await fay.does({ reveal: {} })
  await Ana.map.card('Stays').waitFor()
  await Ana.page.getByText('1 card revealed').first().waitFor()
  assert.ok(!(await cardsOf(room)).some(({ text }) => text === 'Goes'))
  const kept = await Bo.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('cairn.draft.')))
  assert.deepEqual(kept, [])
})

test('a discarded brainstorm shows nobody anything, and gives everyone their own words back', async (t) => {
  const room = await brainstorm(t, ['Ana', 'Bo'])
  await room.Ana.map.write('Actions', 0, 'Only mine')
  await room.Ana.map.draftsAre('saved')
  await room.fay.does({ discardDrafts: {} })
  const left = room.Ana.page.getByRole('region', { name: 'Words that were not saved' })
  await left.getByText('Only mine').waitFor()
  assert.match(await left.innerText(), /The facilitator discarded this brainstorm/)
  await left.getByRole('button', { name: 'Let it go' }).click()
  assert.equal(await left.count(), 0)
  assert.ok(!room.Bo.ear.heard('Only mine'))
  assert.equal(await room.Bo.page.getByRole('region', { name: 'Words that were not saved' }).count(), 0)
})

test('others are not told in which cell of an anonymous brainstorm somebody stands, types or points', async (t) => {
  const { Ana, Bo } = await brainstorm(t, ['Ana', 'Bo'])
  // In the open part of the map presence works as ever.
  await Ana.map.cell('Touchpoints', 0).focus()
  await Bo.map.grid.locator('[data-spot="cell l1 s1"] .m-visitors').waitFor()
  await Ana.map.cell('Actions', 1).hover()
  await Ana.map.write('Actions', 1, 'Quietly')
  await Ana.map.draftsAre('saved')
  await becomes('Ana is seen nowhere on the map', () => Bo.page.locator('.m-visitors:not(:empty)').count(), 0)
  assert.equal(await Bo.page.locator('.m-cursor').count(), 0)
})

test('with the keyboard alone: written, changed, moved, dropped and brought back', async (t) => {
  const { Ana } = await brainstorm(t, ['Ana'])
  const { page, map } = Ana
  await map.cell('Actions', 0).focus()
  await page.keyboard.press('n')
  await page.keyboard.type('First')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Second')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  assert.match(await standing(page), /^Private action, only you see it: Second/)
  await page.keyboard.press('ArrowUp')
  assert.match(await standing(page), /: First/)
  await page.keyboard.press('Enter')
  await page.keyboard.type(', again')
  await page.keyboard.press('Tab')
  assert.match(await standing(page), /: First, again/)
  await page.keyboard.press('Alt+ArrowRight')
  await becomes('it has moved', () => map.drafts(), ['l2/s1: Second', 'l2/s2: First, again'])
  assert.match(await standing(page), /: First, again/)
  await page.keyboard.press('Delete')
  await becomes('it is dropped', () => map.drafts(), ['l2/s1: Second'])
  assert.match(await standing(page), /^Actions, Apply: empty/)
  await tabTo(page, page.getByRole('button', { name: 'Put it back' }))
  await page.keyboard.press('Enter')
  await becomes('it is back', () => map.drafts(), ['l2/s1: Second', 'l2/s2: First, again'])
  await map.draftsAre('saved')

  // The list, from the bar.
  await tabTo(page, page.getByRole('button', { name: 'Write in a list' }))
  await page.keyboard.press('Enter')
  await tabTo(page, map.field)
  await page.keyboard.type('Third')
  await page.keyboard.press('Enter')
  await becomes('it is in the list', () => page.getByRole('list', { name: 'Your cards' }).getByRole('listitem').count(), 3)
  await page.keyboard.press('Escape')
  await map.draftsAre('saved')
})

test('on a phone the list is how one writes: 360 px, by touch, nothing pushed sideways', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const fay = await facilitator(server, made)
  const phone = { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true }
  const ana = await enter(t, { server, made }, 'Ana', phone)
  await fay.does({ startBrainstorm: { setup: { prompt: 'What hurts?', focus: {}, signed: false } } })
  const panel = ana.page.getByRole('complementary', { name: 'Your cards' })
  await panel.waitFor()
  await panel.getByRole('combobox', { name: 'Lane' }).selectOption({ label: 'Actions' })
  await panel.getByRole('combobox', { name: 'Stage' }).selectOption({ label: 'Move in' })
  await ana.map.field.tap()
  await ana.page.keyboard.type('By thumb')
  await panel.getByRole('button', { name: 'Keep it, next card' }).tap()
  const cards = panel.getByRole('list', { name: 'Your cards' }).getByRole('listitem')
  await cards.getByText('By thumb').waitFor()
  await ana.map.draftsAre('saved')
  assert.equal(await ana.map.field.inputValue(), '')

  await panel.getByRole('button', { name: 'Change “By thumb”' }).tap()
  await panel.getByRole('textbox', { name: 'Text of the card' }).fill('By two thumbs')
  await cards.getByRole('combobox', { name: 'Stage' }).selectOption({ label: 'Search' })
  await panel.getByRole('button', { name: 'Done' }).tap()
  await cards.getByText('Actions, Search').waitFor()
  const { wide, room } = await ana.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }))
  assert.ok(wide <= room, `the page is ${wide} px wide on ${room}`)
  await panel.getByRole('button', { name: 'Close details' }).tap()
  await becomes('it is in its cell', () => ana.map.drafts(), ['l2/s1: By two thumbs'])
  await ana.map.draft('By two thumbs').waitFor()
})

test('a draft is dragged to another cell of the focus by mouse, and outside of it stays where it was', async (t) => {
  const { Ana } = await brainstorm(t, ['Ana'])
  const { page, map } = Ana
  await map.write('Actions', 0, 'Movable')
  const drag = async (to) => {
    await map.draft('Movable').hover()
    await page.mouse.down()
    const box = await to.boundingBox()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 })
    await page.locator('.m-dragged').waitFor({ state: 'attached' })
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await page.mouse.up()
  }
  await drag(map.cell('Actions', 2))
  await becomes('it has moved', () => map.drafts(), ['l2/s3: Movable'])
  await drag(map.cell('Touchpoints', 0))
  assert.deepEqual(await map.drafts(), ['l2/s3: Movable'])
  await map.draftsAre('saved')
})

test('what is outside the focus is written for everyone as ever, and other cards stay open to all', async (t) => {
  const { Ana, Bo } = await brainstorm(t, ['Ana', 'Bo'])
  await Ana.map.addCard('Touchpoints', 0, 'Open to all')
  await Bo.map.card('Open to all').waitFor()
  await Ana.map.edit('Compares listings')
  await Ana.page.keyboard.type(' twice')
  await Ana.page.keyboard.press('Enter')
  await Bo.map.card('Compares listings twice').waitFor()
  await Ana.map.saved()
})

test('a facilitator starts, follows and reveals it from the panel, by keyboard alone, and is never told what was written', async (t) => {
  const server = await serverFor(t)
  const made = await importMap(server)
  const room = { server, made }
  const fay = await enter(t, room, 'Fay', { role: 'facilitator' })
  const ana = await enter(t, room, 'Ana')
  const { page } = fay
  const panel = page.getByRole('complementary', { name: 'Facilitate' })
  await fay.map.cell('Actions', 0).focus()
  await page.keyboard.press('f')
  await tabTo(page, panel.getByRole('tab', { name: 'Agenda' }))
  await page.keyboard.press('ArrowRight')
  await tabTo(page, panel.getByRole('button', { name: 'New brainstorm' }))
  await page.keyboard.press('Enter')
  await panel.getByRole('form', { name: 'Start a brainstorm' }).waitFor()
  await page.keyboard.type('What do they do?')
  await tabTo(page, panel.getByRole('button', { name: 'Start writing' }))
  await page.keyboard.press('Enter')
  await ana.map.bar.waitFor()
  await ana.map.write('Actions', 1, 'Kept from Fay')
  await ana.map.write('Touchpoints', 1, 'This one, too')
  await ana.map.draftsAre('saved')
  await becomes('it tells how many and by how many', () => panel.locator('.how-far > p').innerText(), '2 cards, by 1 of 2 people')
  assert.match(await panel.getByRole('list', { name: 'Who has written' }).innerText(), /Ana/)
  assert.ok(!fay.ear.heard('Kept from Fay'), 'the facilitator was sent a draft')
  await tabTo(page, panel.getByRole('button', { name: 'Reveal…' }))
  await page.keyboard.press('Enter')
  await panel.getByText('2 cards come into the map, for everyone to see.').waitFor()
  assert.match(await standing(page), /^Reveal 2 cards/)
  await page.keyboard.press('Enter')
  await fay.map.card('Kept from Fay').waitFor()
  await ana.map.card('This one, too').waitFor()
  await panel.getByRole('button', { name: 'New brainstorm' }).waitFor()
})
